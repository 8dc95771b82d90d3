/** What the server needs of the content pack that was built with the client. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { Municipality } from '../domain/content.ts'
import { municipalitiesOf, type Municipalities } from './accounts/municipalities.ts'

/** Only what the server reads: other kinds of content may be newer than it. */
const Index = z.object({ shards: z.array(z.object({ file: z.string().check(z.regex(/^[\w.-]+$/)), kinds: z.array(z.string()) })) })
const Shard = z.object({ items: z.array(z.looseObject({ kind: z.string() })) })
const Item = z.pick(Municipality, { nis: true, name: true, ovo: true })

/** The municipalities of the pack in `client/pack`; null when there is no pack. Throws on one that is not whole. */
export function readMunicipalities(client: string): Municipalities | null {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(client, 'pack', file), 'utf8'))
  let index: unknown
  try {
    index = read('index.json')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const shards = Index.parse(index).shards.filter(({ kinds }) => kinds.includes('municipality'))
  const items = shards.flatMap(({ file }) => Shard.parse(read(file)).items).filter(({ kind }) => kind === 'municipality')
  return municipalitiesOf(items.map(({ nis, name, ovo }) => Item.parse({ nis, name, ovo })))
}
