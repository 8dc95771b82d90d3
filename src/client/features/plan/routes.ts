import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: '/actieplan', name: 'actionPlan', component: () => import('./PlanScreen.vue'), meta: { title: 'Actieplan' } }]
