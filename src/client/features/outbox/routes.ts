import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

const history = (part: 'starten' | 'praktijken' | 'instrumenten'): RouteRecordRaw => ({
  path: `/${part}/:id/geschiedenis`,
  name: `history-${part}`,
  component: screen('HistoryPage'),
  meta: { title: 'Geschiedenis', part },
})

export const routes: RouteRecordRaw[] = [
  { path: '/wachtrij', name: 'outbox', component: screen('OutboxPage'), meta: { title: 'Wachtrij' } },
  history('starten'),
  history('praktijken'),
  history('instrumenten'),
]
