import type { RouteRecordRaw } from 'vue-router'
import { SHARE_PATH } from '../../../domain/shared-photos.ts'

const screen = (name: keyof typeof import('./screens.ts')) => () => import('./screens.ts').then((screens) => screens[name])
const facilitation = (name: keyof typeof import('./facilitation.ts')) => () => import('./facilitation.ts').then((screens) => screens[name])

export const routes: RouteRecordRaw[] = [
  { path: SHARE_PATH, name: 'share', component: screen('ShareScreen'), meta: { title: 'Gedeelde foto’s' } },
  { path: '/leerlabo', name: 'labs', component: screen('LabList'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/:lab', name: 'lab', component: screen('LabDetail'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/opdrachten/:assignment', component: screen('AssignmentExample'), meta: { title: 'Opdracht' } },
  { path: '/leerlabo/:lab/oproep', component: screen('CallDetail'), meta: { title: 'Oproep' } },
  // By itself, with the fields of the form: `npm run size` holds it to its budget.
  { path: '/leerlabo/:lab/opdracht/:assignment', name: 'assignment', component: () => import('./AssignmentDetail.vue'), meta: { title: 'Opdracht' } },
  { path: '/begeleiding', name: 'facilitation', component: facilitation('FacilitationList'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab', component: facilitation('CohortBoard'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab/oproep', component: facilitation('CallPlanning'), meta: { title: 'Oproep en mix' } },
  { path: '/begeleiding/:lab/planning', component: facilitation('LabPlanning'), meta: { title: 'Planning' } },
  { path: '/begeleiding/:lab/:team/:assignment', component: facilitation('ReviewDetail'), meta: { title: 'Inzending' } },
]
