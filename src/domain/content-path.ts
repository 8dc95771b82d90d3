import type { PackedKind } from './content.ts'

/** Where the app shows an item of content: one notion for links in prose and links between screens. */
export function contentPath({ id, kind, title }: { id: string; kind: PackedKind; title: string }): string {
  switch (kind) {
    case 'task':
      return `/starten/${id}`
    case 'phase':
      return `/starten#fase-${id}`
    case 'figure':
      return `/cijfers/${id}`
    case 'practice':
      return `/praktijken/${id}`
    case 'guide':
      return `/instrumenten/${id}`
    case 'theme':
      return `/themas/${id}`
    case 'supportOffer':
      return `/aanbod#${id}`
    case 'themeDay':
      return `/themadagen#${id}`
    case 'labTemplate':
      return `/leerlabo/${id}`
    case 'assignment':
      return `/leerlabo/opdrachten/${id}`
    case 'quickscan':
      return '/quickscan'
    // Without a screen of their own: search shows them.
    case 'term':
    case 'municipality':
      return `/zoeken?q=${encodeURIComponent(title)}`
  }
}
