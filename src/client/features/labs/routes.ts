import type { RouteRecordRaw } from 'vue-router'
import { SHARE_PATH } from '../../../domain/shared-photos.ts'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: SHARE_PATH, name: 'share', component: screen('ShareScreen'), meta: { title: 'Gedeelde foto’s' } },
  { path: '/leerlabo', name: 'labs', component: screen('LabList'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/:lab', name: 'lab', component: screen('LabDetail'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/opdrachten/:assignment', component: screen('AssignmentExample'), meta: { title: 'Opdracht' } },
  { path: '/leerlabo/:lab/opdracht/:assignment', name: 'assignment', component: screen('AssignmentDetail'), meta: { title: 'Opdracht' } },
  { path: '/begeleiding', name: 'facilitation', component: screen('FacilitationList'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab', component: screen('CohortBoard'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab/planning', component: screen('LabPlanning'), meta: { title: 'Planning' } },
  { path: '/begeleiding/:lab/:team/:assignment', component: screen('ReviewDetail'), meta: { title: 'Inzending' } },
]
