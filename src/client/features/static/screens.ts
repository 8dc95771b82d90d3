/** The screens that only tell something, in one part of the app. */
export { default as AboutOpstap } from './AboutOpstap.vue'
export { default as AccessibilityStatement } from './AccessibilityStatement.vue'
export { default as NotFound } from './NotFound.vue'
export { default as PrivacyStatement } from './PrivacyStatement.vue'
