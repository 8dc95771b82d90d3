/** The screens of a person and the team, in one part of the app: who signs in comes past all three. */
export { default as AccountPage } from './AccountPage.vue'
export { default as SignInPage } from './SignInPage.vue'
export { default as TeamPage } from './TeamPage.vue'
