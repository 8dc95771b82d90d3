import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/toegankelijkheid', name: 'accessibility', component: () => import('./AccessibilityStatement.vue'), meta: { title: 'Toegankelijkheid' } },
  { path: '/privacy', name: 'privacy', component: () => import('./PrivacyStatement.vue'), meta: { title: 'Privacy' } },
  { path: '/over', name: 'about', component: () => import('./AboutOpstap.vue'), meta: { title: 'Over Opstap' } },
  { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFound.vue'), meta: { title: 'Niet gevonden' } },
]
