import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: '/quickscan', name: 'quickscan', component: () => import('./QuickscanScreen.vue'), meta: { title: 'Waar staan we?' } }]
