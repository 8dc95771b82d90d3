/** What the server needs of the content pack that was built with the client. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PackIndex, PackShard } from '../domain/content.ts'
import { municipalitiesOf, type Municipalities } from './accounts/municipalities.ts'

/** The municipalities of the pack in `client/pack`; null when there is no pack. Throws on one that is not whole. */
export function readMunicipalities(client: string): Municipalities | null {
  let index: PackIndex
  try {
    index = PackIndex.parse(JSON.parse(readFileSync(join(client, 'pack', 'index.json'), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const shards = index.shards.filter(({ kinds }) => kinds.includes('municipality'))
  const items = shards.flatMap(({ file }) => PackShard.parse(JSON.parse(readFileSync(join(client, 'pack', file), 'utf8'))).items)
  return municipalitiesOf(items.filter((item) => item.kind === 'municipality'))
}
