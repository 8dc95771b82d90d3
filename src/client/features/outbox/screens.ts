/** What waits, what was and what has to be chosen, in one part of the app: they share how a change is told. */
export { default as ChoicesHere } from './ChoicesHere.vue'
export { default as HistoryPage } from './HistoryPage.vue'
export { default as OutboxPage } from './OutboxPage.vue'
