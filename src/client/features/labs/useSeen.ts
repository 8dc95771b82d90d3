import { onScopeDispose, watch } from 'vue'
import { labRead } from '../../../domain/collections.ts'
import type { Sent } from '../../../domain/labs.ts'
import { rowOf } from '../../db/rows.ts'
import type { Client } from '../../sync/client.ts'

/** Notes that the person saw what is here up to `newest` (ms since 1970), once the page is in sight: then it waits no longer. */
export function useSeen(client: Client, row: string, newest: () => number | undefined): void {
  const look = () => {
    const at = newest()
    if (at !== undefined && document.visibilityState === 'visible') void note(client, row, at)
  }
  watch(newest, look, { immediate: true })
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))
}

async function note(client: Client, row: string, at: number): Promise<void> {
  const known = await rowOf(client.db, await client.spaceOf(labRead), labRead, row)
  if (Date.parse(known?.values.at ?? '') >= at) return
  await client.write(labRead, row, { at: new Date(at).toISOString() })
}

/** When the newest feedback on any of these was released, in ms; undefined where there is none. */
export const newestFeedbackAt = (sent: readonly Pick<Sent, 'feedback'>[]): number | undefined =>
  sent.some(({ feedback }) => feedback) ? Math.max(...sent.map(({ feedback }) => feedback?.at ?? 0)) : undefined
