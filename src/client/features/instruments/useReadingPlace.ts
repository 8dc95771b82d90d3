/** Follows where in a guide someone reads, and keeps it for a next visit. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { distanceTo, placeAt, type Extent, type ReadingPlace } from '../../../domain/reading.ts'
import type { Client } from '../../sync/client.ts'

/** At most one write in so long; in milliseconds. */
const WRITE_EVERY_MS = 4_000
/** A shorter way than this, in thousandths of a chapter, is no news. */
const WORTH_KEEPING = 20

export type ReadingFollower = {
  /** The chapter under the reading line. */
  current: Ref<string | undefined>
  goTo: (place: ReadingPlace) => void
}

/** `chapters` is asked each time: they come when the content is there. */
export function useReadingPlace(chapters: () => Iterable<HTMLElement>, after: Client['env']['after'], keep: (place: ReadingPlace) => Promise<unknown>): ReadingFollower {
  const current = ref<string>()
  let place: ReadingPlace | null = null
  let kept: ReadingPlace | null = null
  /** Opening a guide is not reading it: what was kept stays until the person scrolls. */
  let moved = false
  let frame = 0
  let cancel: (() => void) | undefined

  /** A third down the window, where one looks. */
  const line = () => innerHeight / 3
  const extents = (): Extent[] =>
    Array.from(chapters(), (element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return { id: element.dataset['chapter']!, top, bottom }
    })

  function look(): void {
    frame = 0
    const all = extents()
    const last = all.at(-1)
    if (!last) return
    place = placeAt(all, line())
    // Too short to ever reach the line.
    if (atTheEnd() && place?.section !== last.id) place = { section: last.id, offset: 0 }
    current.value = place?.section
    if (moved && place && isNews(place)) cancel ??= after(WRITE_EVERY_MS, write)
  }

  const atTheEnd = () => scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2

  const isNews = ({ section, offset }: ReadingPlace) => kept?.section !== section || Math.abs(kept.offset - offset) >= WORTH_KEEPING

  function write(): void {
    cancel?.()
    cancel = undefined
    if (!moved || !place || !isNews(place)) return
    kept = place
    keep(place).catch((error: unknown) => console.error(error))
  }

  function onScroll(): void {
    moved = true
    frame ||= requestAnimationFrame(look)
  }
  const onResize = () => void (frame ||= requestAnimationFrame(look))
  const onHide = () => document.visibilityState === 'hidden' && write()

  onMounted(() => {
    addEventListener('scroll', onScroll, { passive: true })
    addEventListener('resize', onResize, { passive: true })
    addEventListener('pagehide', write)
    document.addEventListener('visibilitychange', onHide)
  })
  onBeforeUnmount(() => {
    removeEventListener('scroll', onScroll)
    removeEventListener('resize', onResize)
    removeEventListener('pagehide', write)
    document.removeEventListener('visibilitychange', onHide)
    cancelAnimationFrame(frame)
    write()
  })

  return {
    current,
    goTo: (wanted) => {
      const distance = distanceTo(extents(), wanted, line())
      if (distance !== null) scrollBy({ top: distance })
    },
  }
}
