/** The screens of who takes part in a lab, or might, in one part of the app: who opens one soon opens the others, perhaps without a connection. */
export { default as AssignmentExample } from './AssignmentExample.vue'
export { default as CallDetail } from './CallDetail.vue'
export { default as LabDetail } from './LabDetail.vue'
export { default as LabList } from './LabList.vue'
export { default as ShareScreen } from './ShareScreen.vue'
