import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: '/toegankelijkheid', name: 'accessibility', component: screen('AccessibilityStatement'), meta: { title: 'Toegankelijkheid' } },
  { path: '/privacy', name: 'privacy', component: screen('PrivacyStatement'), meta: { title: 'Privacy' } },
  { path: '/over', name: 'about', component: screen('AboutOpstap'), meta: { title: 'Over Opstap' } },
  { path: '/:rest(.*)*', name: 'not-found', component: screen('NotFound'), meta: { title: 'Niet gevonden' } },
]
