/** Where rows live. Without the schemas of ids.ts, so that the first screen can read without them. */
import type { PersonId, SpaceId, SpaceKind } from './ids.ts'

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
