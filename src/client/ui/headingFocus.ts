/**
 * After navigation the page's h1 gets focus, so that a screen reader says where one arrived and the next Tab is the first
 * of the page. The heading may come later than the route (its words come from the device's store): the wish waits for it.
 */
let wanted = false

/** Focus the h1 now, or the next one that appears. */
export function wantHeadingFocus(): void {
  wanted = true
  const heading = document.querySelector<HTMLElement>('main h1')
  if (heading) takeHeadingFocus(heading)
}

/** For a heading that has just appeared: takes focus if it was waited for. The scroll position is not its business. */
export function takeHeadingFocus(heading: HTMLElement): void {
  if (!wanted) return
  wanted = false
  heading.focus({ preventScroll: true })
}
