/** What the server does when a team or a facilitator sent something of a lab: it notes candidates, and shares work. */
import { kindOf } from '../../domain/spaces.ts'
import { faultFacts } from '../http/log.ts'
import type { ServerPort } from '../port.ts'
import type { Outcome } from '../sync/apply.ts'
import { noteCandidates } from './calls.ts'
import { writeShared } from './shared-work.ts'

/** After a device sent something. What goes wrong here is the server's: the device's work is stored and stays so. */
export async function takeLabWork(port: ServerPort, outcomes: readonly Outcome[]): Promise<void> {
  const arrived = outcomes.filter(({ status, mutation }) => status === 'applied' && kindOf(mutation.space) === 'entry').map(({ mutation }) => mutation)
  const spacesWith = (...collections: string[]) => [...new Set(arrived.filter(({ collection }) => collections.includes(collection)).map(({ space }) => space))]
  const [said, shared] = [spacesWith('candidacy'), spacesWith('sharing', 'feedback')]
  try {
    if (said.length > 0) await noteCandidates(port, said.map((space) => space.split(':')[1]!))
    for (const space of shared) {
      const [, lab, team] = space.split(':')
      await writeShared(port, lab!, team!)
    }
  } catch (error) {
    port.log.error('fault', faultFacts(error))
  }
}
