/** The screens of the helpdesk, in one part of the app. */
export { default as DeskFigures } from './DeskFigures.vue'
export { default as DeskProposals } from './DeskProposals.vue'
export { default as DeskQuestion } from './DeskQuestion.vue'
export { default as DeskQueue } from './DeskQueue.vue'
export { default as DeskScreen } from './DeskScreen.vue'
