/** Every address of the app. A feature brings its own routes; this gathers them and sees to title, focus and scroll. */
import { nextTick } from 'vue'
import { createRouter, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router'
import { routes as account } from '../features/account/routes.ts'
import { routes as help } from '../features/help/routes.ts'
import { routes as instruments } from '../features/instruments/routes.ts'
import { routes as labs } from '../features/labs/routes.ts'
import { routes as library } from '../features/library/routes.ts'
import { routes as outbox } from '../features/outbox/routes.ts'
import { routes as plan } from '../features/plan/routes.ts'
import { routes as quickscan } from '../features/quickscan/routes.ts'
import { routes as search } from '../features/search/routes.ts'
import { routes as starter } from '../features/starter/routes.ts'
import { routes as staticPages } from '../features/static/routes.ts'
import { routes as today } from '../features/today/routes.ts'
import { wantHeadingFocus } from '../ui/headingFocus.ts'
import { scrollTo } from './scroll.ts'

declare module 'vue-router' {
  interface RouteMeta {
    /** The name of the screen; a screen whose name depends on its content gives it to PageHeader. */
    title: string
  }
}

const routes: RouteRecordRaw[] = [...today, ...starter, ...quickscan, ...plan, ...instruments, ...labs, ...library, ...help, ...search, ...account, ...outbox, ...staticPages]

export function createAppRouter(history: RouterHistory): Router {
  const router = createRouter({ history, routes, scrollBehavior: scrollTo })
  router.afterEach((to, from, failure) => {
    // Painted beforehand there is no document to name.
    if (failure || import.meta.env.SSR) return
    const arrived = from.matched.length > 0
    // A jump or another question within a screen: it keeps its name, and the focus stays.
    if (arrived && to.path === from.path) return
    document.title = `${to.meta.title} – Opstap`
    if (arrived) void nextTick(wantHeadingFocus)
  })
  return router
}
