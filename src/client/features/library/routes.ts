import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/cijfers', name: 'figures', component: () => import('./FigureList.vue'), meta: { title: 'Cijfers' } },
  { path: '/cijfers/:figure', name: 'figure', component: () => import('./FigureDetail.vue'), meta: { title: 'Cijfer' } },
  { path: '/praktijken', name: 'practices', component: () => import('./PracticeList.vue'), meta: { title: 'Praktijken' } },
  { path: '/praktijken/:practice', name: 'practice', component: () => import('./PracticeDetail.vue'), meta: { title: 'Praktijk' } },
  { path: '/aanbod', name: 'offers', component: () => import('./OfferList.vue'), meta: { title: 'Aanbod' } },
  { path: '/themas', name: 'themes', component: () => import('./ThemeList.vue'), meta: { title: 'Thema’s' } },
  { path: '/themas/:theme', name: 'theme', component: () => import('./ThemePage.vue'), meta: { title: 'Thema' } },
  { path: '/themadagen', name: 'themeDays', component: () => import('./ThemeDays.vue'), meta: { title: 'Themadagen' } },
]
