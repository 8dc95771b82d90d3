import type { RouteRecordRaw } from 'vue-router'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: '/cijfers', name: 'figures', component: screen('FigureList'), meta: { title: 'Cijfers' } },
  { path: '/cijfers/:figure', name: 'figure', component: screen('FigureDetail'), meta: { title: 'Cijfer' } },
  { path: '/praktijken', name: 'practices', component: screen('PracticeList'), meta: { title: 'Praktijken' } },
  { path: '/praktijken/:practice', name: 'practice', component: screen('PracticeDetail'), meta: { title: 'Praktijk' } },
  { path: '/aanbod', name: 'offers', component: screen('OfferList'), meta: { title: 'Aanbod' } },
  { path: '/themas', name: 'themes', component: screen('ThemeList'), meta: { title: 'Thema’s' } },
  { path: '/themas/:theme', name: 'theme', component: screen('ThemePage'), meta: { title: 'Thema' } },
  { path: '/themadagen', name: 'themeDays', component: screen('ThemeDays'), meta: { title: 'Themadagen' } },
]
