/** Where links go: `id:` to another item, http(s) out of the app, the rest is refused. */
import { contentPath } from '../domain/content-path.ts'
import type { PackedKind } from '../domain/content.ts'
import { suggestion } from './problem.ts'

export type LinkTarget = { id: string; kind: PackedKind; title: string }
/** Every item by id, also those with faults of their own: a fault there is no broken link here. */
export type LinkTargets = ReadonlyMap<string, LinkTarget>

export const unknownId = (id: string, known: Iterable<string>) => `onbekend id "${id}".${suggestion(id, known)}`

type Resolved = { properties: Record<string, string | string[]> } | { fault: string }

/** The attributes of a link in prose, or what is wrong with it. */
export function resolveLink(href: string, targets: LinkTargets): Resolved {
  if (href.startsWith('id:')) {
    const id = href.slice(3)
    const target = targets.get(id)
    if (!target) return { fault: unknownId(id, targets.keys()) }
    return { properties: { dataItem: id, dataKind: target.kind, href: contentPath(target) } }
  }
  if (/^https?:\/\//.test(href)) return { properties: { href, rel: ['noopener', 'noreferrer'] } }
  if (/^(mailto|tel):/.test(href)) return { properties: { href } }
  return { fault: `link "${href}" mag niet: gebruik id:, https:, mailto: of tel:` }
}
