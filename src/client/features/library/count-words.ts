import { numberWords } from '../../ui/numbers.ts'

/** `1 praktijk`, `12 praktijken`. */
export const countWords = (count: number, one: string, many: string): string => `${numberWords(count)} ${count === 1 ? one : many}`
