import type { RouteRecordRaw } from 'vue-router'

const history = (part: 'starten' | 'praktijken' | 'instrumenten'): RouteRecordRaw => ({
  path: `/${part}/:id/geschiedenis`,
  name: `history-${part}`,
  component: () => import('./HistoryPage.vue'),
  meta: { title: 'Geschiedenis', part },
})

export const routes: RouteRecordRaw[] = [
  { path: '/wachtrij', name: 'outbox', component: () => import('./OutboxPage.vue'), meta: { title: 'Wachtrij' } },
  history('starten'),
  history('praktijken'),
  history('instrumenten'),
]
