/** Where links go: `id:` to another item, http(s) out of the app, the rest is refused. */
import type { PackedKind } from '../domain/content.ts'
import { suggestion } from './problem.ts'

export type LinkTarget = { id: string; kind: PackedKind; title: string }
/** Every item by id, also those with faults of their own: a fault there is no broken link here. */
export type LinkTargets = ReadonlyMap<string, LinkTarget>

/** The route that shows an item; kinds without a screen of their own are shown by search. */
export function itemPath({ id, kind, title }: LinkTarget): string {
  if (kind === 'task') return `/starten/${id}`
  if (kind === 'figure') return `/cijfers/${id}`
  if (kind === 'practice') return `/praktijken/${id}`
  if (kind === 'guide') return `/instrumenten/${id}`
  if (kind === 'theme') return `/themas/${id}`
  return `/zoeken?q=${encodeURIComponent(title)}`
}

export const unknownId = (id: string, known: Iterable<string>) => `onbekend id "${id}".${suggestion(id, known)}`

type Resolved = { properties: Record<string, string | string[]> } | { fault: string }

/** The attributes of a link in prose, or what is wrong with it. */
export function resolveLink(href: string, targets: LinkTargets): Resolved {
  if (href.startsWith('id:')) {
    const id = href.slice(3)
    const target = targets.get(id)
    if (!target) return { fault: unknownId(id, targets.keys()) }
    return { properties: { dataItem: id, dataKind: target.kind, href: itemPath(target) } }
  }
  if (/^https?:\/\//.test(href)) return { properties: { href, rel: ['noopener', 'noreferrer'] } }
  if (/^(mailto|tel):/.test(href)) return { properties: { href } }
  return { fault: `link "${href}" mag niet: gebruik id:, https:, mailto: of tel:` }
}
