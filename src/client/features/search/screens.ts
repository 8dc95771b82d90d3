/** Which kinds of finds have a screen to go to; the others stay out of the results. */
import type { Router } from 'vue-router'
import { contentPath } from '../../../domain/content-path.ts'
import type { ContentKind } from './catalogue.ts'

/** True where an address leads to a screen, and not to `Niet gevonden`. */
export const hasScreen = (router: Router, path: string): boolean => router.resolve(path).matched.some((record) => !record.path.includes('(.*)'))

/** Terms are shown in the results themselves. */
export function shownKinds(router: Router): (kind: ContentKind) => boolean {
  const known = new Map<ContentKind, boolean>()
  return (kind) => {
    let shown = known.get(kind)
    if (shown === undefined) {
      shown = kind === 'term' || hasScreen(router, contentPath({ id: 'een', kind, title: '' }))
      known.set(kind, shown)
    }
    return shown
  }
}
