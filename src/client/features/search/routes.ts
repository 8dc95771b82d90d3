import type { RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** One came here within the app and without a question: the field takes the focus. */
    typeAtOnce?: boolean
  }
}

export const routes: RouteRecordRaw[] = [
  {
    path: '/zoeken',
    name: 'search',
    component: () => import('./SearchScreen.vue'),
    meta: { title: 'Zoeken' },
    beforeEnter: (to, from) => {
      to.meta.typeAtOnce = from.matched.length > 0 && !to.query['q']
    },
  },
]
