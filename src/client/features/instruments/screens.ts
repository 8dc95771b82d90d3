/** The list and the guide in one part of the app: from the list a guide opens at once, also without a connection. */
export { default as GuideDetail } from './GuideDetail.vue'
export { default as GuideList } from './GuideList.vue'
