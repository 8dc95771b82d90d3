import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: '/instrumenten', name: 'guides', component: screen('GuideList'), meta: { title: 'Instrumenten' } },
  { path: '/instrumenten/:guide', name: 'guide', component: screen('GuideDetail'), meta: { title: 'Gids' } },
]
