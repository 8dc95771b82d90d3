import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: '/wachtrij', name: 'outbox', component: () => import('./OutboxPage.vue'), meta: { title: 'Wachtrij' } }]
