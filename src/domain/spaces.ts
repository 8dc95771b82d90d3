/** Where rows live. Without the schemas of ids.ts, so that the first screen can read without them. */
import type { PersonId, SpaceId, SpaceKind } from './ids.ts'

/** Work on a device without an account. */
export const LOCAL_SPACE = 'local:' as SpaceId

export const kindOf = (space: SpaceId): SpaceKind => (space.startsWith('team:') ? 'team' : 'person')

export const personSpace = (person: PersonId): SpaceId => `person:${person}` as SpaceId
/** `team`: the id of the team's organisation on the server. */
export const teamSpace = (team: string): SpaceId => `team:${team}` as SpaceId
