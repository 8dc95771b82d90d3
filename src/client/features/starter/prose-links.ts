/** Links in what editors wrote: other tasks, guides and the quickscan open as screens, everything else opens in place, further down the same page. */
import type { InjectionKey } from 'vue'
import type { Section } from '../../../domain/content.ts'

/** Opens the item in place and brings the reader there. */
export const revealKey: InjectionKey<(item: string) => void> = Symbol('reveal')

/** The id of the element in which an item opens. */
export const placeOf = (item: string): string => `hierbij-${item}`

const anchors = /<a\b[^>]*\bdata-item="([^"]+)"[^>]*>/g

export const linkedItems = (sections: readonly Section[]): string[] => sections.flatMap(({ html }) => [...html.matchAll(anchors)].map((match) => match[1]!))

/** Gives each link to an item that opens in place an address on this page. */
export const withLinksInPlace = (html: string): string =>
  html.replace(anchors, (tag, item: string) => (/\bdata-kind="(task|phase|guide|quickscan)"/.test(tag) ? tag : tag.replace(/\bhref="[^"]*"/, `href="#${placeOf(item)}"`)))
