/** Who works on this device, and in which spaces their work lands. */
import type { Collection } from '../../domain/collection.ts'
import { deskSpace, LOCAL_SPACE, personSpace, teamSpace } from '../../domain/spaces.ts'
import type { PersonId, SpaceId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import type { OpstapDatabase } from '../db/database.ts'

/** Without a session: nobody, and everything stays in the local space. */
export const authorOf = (session: SessionView | undefined): PersonId | null => session?.person.id ?? null

/** The space of the municipality's work: the (first) team's, else the person's own, else this device's. */
export function dossierSpace(session: SessionView | undefined): SpaceId {
  if (!session) return LOCAL_SPACE
  const team = session.teams[0]
  return team ? teamSpace(team.id) : personSpace(session.person.id)
}

/** The same, of who works on this device now. */
export const dossierOf = async (db: OpstapDatabase): Promise<SpaceId> => dossierSpace(await db.read('session'))

/** The space of what is the person's alone. */
export const ownSpace = (session: SessionView | undefined): SpaceId => (session ? personSpace(session.person.id) : LOCAL_SPACE)

/** What the team shares with the helpdesk; until there is a team, where it waits. */
export function helpSpace(session: SessionView | undefined): SpaceId {
  const team = session?.teams[0]
  return team ? deskSpace(team.id) : ownSpace(session)
}

/** The space in which a new row of this collection belongs. */
export function spaceFor({ dossier, lives }: Pick<Collection<any>, 'dossier' | 'lives'>, session: SessionView | undefined): SpaceId {
  if (!dossier && lives.includes('person')) return ownSpace(session)
  return lives.includes('desk') ? helpSpace(session) : dossierSpace(session)
}
