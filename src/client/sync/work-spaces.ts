import { accessIn } from '../../domain/access.ts'
import type { SpaceId } from '../../domain/ids.ts'
import type { SessionView } from '../../domain/session.ts'
import { LOCAL_SPACE } from '../../domain/spaces.ts'

/** Everywhere on this device where the person and their teams have work. */
export const workSpaces = (session: SessionView | undefined): SpaceId[] => (session ? accessIn(session).map(({ space }) => space) : [LOCAL_SPACE])
