import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/aanmelden', name: 'sign-in', component: () => import('./SignInPage.vue'), meta: { title: 'Aanmelden' } },
  { path: '/account', name: 'account', component: () => import('./AccountPage.vue'), meta: { title: 'Account' } },
  { path: '/team', name: 'team', component: () => import('./TeamPage.vue'), meta: { title: 'Team' } },
]
