import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/instrumenten', name: 'guides', component: () => import('./GuideList.vue'), meta: { title: 'Instrumenten' } },
  { path: '/instrumenten/:guide', name: 'guide', component: () => import('./GuideDetail.vue'), meta: { title: 'Gids' } },
]
