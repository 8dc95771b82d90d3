/** Who is what in which space. */
import type { Role } from './collections.ts'
import type { SpaceId } from './ids.ts'
import type { SessionView } from './session.ts'
import { kindOf, personSpace } from './spaces.ts'

/**
 * What someone is in a space that the server knows; null: it is not theirs to see. One rule for push, pull, pokes and the
 * device. Who is of the helpdesk answers there, also for a team of their own.
 */
export function roleIn(space: SpaceId, { person, roles, teams }: SessionView): Role | null {
  const id = space.slice(space.indexOf(':') + 1)
  if (kindOf(space) === 'person') return space === personSpace(person.id) ? 'owner' : null
  if (kindOf(space) === 'desk' && roles.includes('desk')) return 'desk'
  return teams.find((team) => team.id === id)?.role ?? null
}
