import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: '/', name: 'today', component: () => import('./TodayScreen.vue'), meta: { title: 'Vandaag' } }]
