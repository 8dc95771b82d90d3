import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: '/leerlabo', name: 'labs', component: () => import('./LabList.vue'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/:lab', name: 'lab', component: () => import('./LabDetail.vue'), meta: { title: 'Leerlabo' } },
  { path: '/leerlabo/opdrachten/:assignment', name: 'assignment-example', component: () => import('./AssignmentExample.vue'), meta: { title: 'Opdracht' } },
  { path: '/leerlabo/:lab/opdracht/:assignment', name: 'assignment', component: () => import('./AssignmentDetail.vue'), meta: { title: 'Opdracht' } },
  { path: '/begeleiding', name: 'facilitation', component: () => import('./FacilitationList.vue'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab', name: 'cohort', component: () => import('./CohortBoard.vue'), meta: { title: 'Begeleiding' } },
  { path: '/begeleiding/:lab/planning', name: 'lab-planning', component: () => import('./LabPlanning.vue'), meta: { title: 'Planning' } },
  { path: '/begeleiding/:lab/:team/:assignment', name: 'review', component: () => import('./ReviewDetail.vue'), meta: { title: 'Inzending' } },
]
