/** Where rows live, and who is what there. Without the schemas of ids.ts, so that the first screen can read without them. */
import type { Role } from './collections.ts'
import type { PersonId, SpaceId, SpaceKind } from './ids.ts'
import type { SessionView } from './session.ts'

/** Work on a device without an account. */
export const LOCAL_SPACE = 'local:' as SpaceId

export function kindOf(space: SpaceId): SpaceKind {
  if (space.startsWith('team:')) return 'team'
  return space.startsWith('desk:') ? 'desk' : 'person'
}

export const personSpace = (person: PersonId): SpaceId => `person:${person}` as SpaceId
/** `team`: the id of the team's organisation on the server. */
export const teamSpace = (team: string): SpaceId => `team:${team}` as SpaceId
/** What a team and the helpdesk share. */
export const deskSpace = (team: string): SpaceId => `desk:${team}` as SpaceId

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
