/** The screens of facilitators, in one part of the app. */
export { default as CallPlanning } from './CallPlanning.vue'
export { default as CohortBoard } from './CohortBoard.vue'
export { default as FacilitationList } from './FacilitationList.vue'
export { default as LabPlanning } from './LabPlanning.vue'
export { default as ReviewDetail } from './ReviewDetail.vue'
