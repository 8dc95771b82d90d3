/** Where rows live. Without the schemas of ids.ts, so that the first screen can read without them. */
import type { PersonId, SpaceId, SpaceKind } from './ids.ts'

/** Work on a device without an account. */
export const LOCAL_SPACE = 'local:' as SpaceId

/** What stands before the first colon. Not for the local space: that stands in for another. */
export const kindOf = (space: SpaceId): SpaceKind => space.slice(0, space.indexOf(':')) as SpaceKind

export const personSpace = (person: PersonId): SpaceId => `person:${person}` as SpaceId
/** `team`: the id of the team's organisation on the server. */
export const teamSpace = (team: string): SpaceId => `team:${team}` as SpaceId
/** What a team and the helpdesk share. */
export const deskSpace = (team: string): SpaceId => `desk:${team}` as SpaceId
export const labSpace = (lab: string): SpaceId => `lab:${lab}` as SpaceId
export const entrySpace = (lab: string, team: string): SpaceId => `entry:${lab}:${team}` as SpaceId
export const reviewSpace = (lab: string): SpaceId => `review:${lab}` as SpaceId
