import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: '/aanmelden', name: 'sign-in', component: screen('SignInPage'), meta: { title: 'Aanmelden' } },
  { path: '/account', name: 'account', component: screen('AccountPage'), meta: { title: 'Account' } },
  { path: '/team', name: 'team', component: screen('TeamPage'), meta: { title: 'Team' } },
]
