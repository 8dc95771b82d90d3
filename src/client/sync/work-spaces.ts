import type { SpaceId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import { deskSpace, LOCAL_SPACE, personSpace, teamSpace } from '../../domain/spaces.ts'

/** Everywhere on this device where the person and their teams have work. */
export const workSpaces = (session: SessionView | undefined): SpaceId[] =>
  session ? [personSpace(session.person.id), ...session.teams.flatMap(({ id }) => [teamSpace(id), deskSpace(id)])] : [LOCAL_SPACE]
