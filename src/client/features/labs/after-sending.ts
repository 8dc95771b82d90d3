/** What an assignment shows besides its form: what was said, sent and shared. */
export { default as AnswersView } from './AnswersView.vue'
export { default as EarlierSubmissions } from './EarlierSubmissions.vue'
export { default as FeedbackCard } from './FeedbackCard.vue'
export { default as MessageThread } from './MessageThread.vue'
export { default as OthersWork } from './OthersWork.vue'
export { default as SaveAsWord } from './SaveAsWord.vue'
export { default as SentTwice } from './SentTwice.vue'
export { default as SharingState } from './SharingState.vue'
