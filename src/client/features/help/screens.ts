/** The screens of who asks, in one part of the app. */
export { default as HelpScreen } from './HelpScreen.vue'
export { default as QuestionPage } from './QuestionPage.vue'
