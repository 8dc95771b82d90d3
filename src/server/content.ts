/** What the server needs of the content pack that was built with the client. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { LabTemplate, Municipality, type PackedKind } from '../domain/content.ts'
import { ContentId } from '../domain/content-id.ts'
import { municipalitiesOf, type Municipalities } from './accounts/municipalities.ts'

/** Only what the server reads: other kinds of content may be newer than it. */
const Index = z.object({ shards: z.array(z.object({ file: z.string().check(z.regex(/^[\w.-]+$/)), kinds: z.array(z.string()) })) })
const Shard = z.object({ items: z.array(z.looseObject({ kind: z.string() })) })
const Town = z.pick(Municipality, { nis: true, name: true, ovo: true })
const Template = z.pick(LabTemplate, { id: true, title: true, sessions: true })
const Named = z.object({ id: ContentId, title: z.string() })

/** What the server says of labs in mails and calendars; by id. */
export type LabContent = {
  templates: ReadonlyMap<string, z.infer<typeof Template>>
  assignments: ReadonlyMap<string, z.infer<typeof Named>>
}
export const noLabContent: LabContent = { templates: new Map(), assignments: new Map() }

/** The municipalities of the pack in `client/pack`; null when there is no pack. Throws on one that is not whole. */
export function readMunicipalities(client: string): Municipalities | null {
  const items = itemsOf(client, 'municipality')
  return items && municipalitiesOf(items.map(({ nis, name, ovo }) => Town.parse({ nis, name, ovo })))
}

/** The labs of the pack; none when there is no pack. Throws on one that is not whole. */
export const readLabContent = (client: string): LabContent => ({
  templates: byId((itemsOf(client, 'labTemplate') ?? []).map(({ id, title, sessions }) => Template.parse({ id, title, sessions }))),
  assignments: byId((itemsOf(client, 'assignment') ?? []).map(({ id, title }) => Named.parse({ id, title }))),
})

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> => new Map(items.map((item) => [item.id, item]))

/** null when there is no pack. */
function itemsOf(client: string, kind: PackedKind): z.infer<typeof Shard>['items'] | null {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(client, 'pack', file), 'utf8'))
  let index: unknown
  try {
    index = read('index.json')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const shards = Index.parse(index).shards.filter(({ kinds }) => kinds.includes(kind))
  return shards.flatMap(({ file }) => Shard.parse(read(file)).items).filter((item) => item.kind === kind)
}
