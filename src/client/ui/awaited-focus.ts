/** Focus for what takes the place of what was pressed, as soon as the store has it. */
import { watch, type Ref, type WatchSource } from 'vue'

/** Call the answer with a selector within `place`; it is looked for now and whenever one of `sources` changed. */
export function useAwaitedFocus(place: Readonly<Ref<HTMLElement | null>>, sources: WatchSource[]): (selector: string) => void {
  let wanted: string | undefined
  const take = () => {
    const element = wanted === undefined ? undefined : place.value?.querySelector<HTMLElement>(wanted)
    if (!element) return
    wanted = undefined
    element.focus()
  }
  watch(sources, take, { flush: 'post' })
  return (selector) => {
    wanted = selector
    take()
  }
}
