import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  {
    path: '/starten',
    component: () => import('./StarterScreen.vue'),
    meta: { title: 'Starten' },
    children: [
      { path: '', name: 'starter', component: () => import('./StarterOverview.vue'), meta: { title: 'Starten' } },
      { path: ':task', name: 'task', component: () => import('./TaskDetail.vue'), meta: { title: 'Taak' } },
    ],
  },
]
