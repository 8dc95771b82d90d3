/** All screens of the labs in one part of the app: who opens one soon opens the others, perhaps without a connection. */
export { default as AssignmentDetail } from './AssignmentDetail.vue'
export { default as AssignmentExample } from './AssignmentExample.vue'
export { default as CohortBoard } from './CohortBoard.vue'
export { default as FacilitationList } from './FacilitationList.vue'
export { default as LabDetail } from './LabDetail.vue'
export { default as LabList } from './LabList.vue'
export { default as LabPlanning } from './LabPlanning.vue'
export { default as ReviewDetail } from './ReviewDetail.vue'
