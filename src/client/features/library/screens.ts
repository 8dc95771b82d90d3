/** The screens of what is there to look up, in one part of the app: each links to the others. */
export { default as FigureDetail } from './FigureDetail.vue'
export { default as FigureList } from './FigureList.vue'
export { default as OfferList } from './OfferList.vue'
export { default as PracticeDetail } from './PracticeDetail.vue'
export { default as PracticeList } from './PracticeList.vue'
export { default as ThemeDays } from './ThemeDays.vue'
export { default as ThemeList } from './ThemeList.vue'
export { default as ThemePage } from './ThemePage.vue'
