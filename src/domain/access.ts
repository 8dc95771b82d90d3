/** Which spaces someone may see and what they are in each: the one rule for push, pull, pokes and the screens. */
import type { Role } from './collections.ts'
import type { SpaceId } from './ids.ts'
import type { SessionView } from './session.ts'
import { entrySpace, labSpace, personSpace, reviewSpace, teamSpace } from './spaces.ts'

export type Access = { space: SpaceId; role: Role }

/** Each space once. Someone who facilitates a lab is that in all of it, also towards an own team. */
export function accessIn({ person, teams, labs = [] }: SessionView): Access[] {
  const inLabs = labs.flatMap(({ id, role, teams: entries }): Access[] => {
    if (role === 'facilitator') return [labSpace(id), reviewSpace(id), ...entries.map((team) => entrySpace(id, team))].map((space) => ({ space, role }))
    const own = teams.filter((team) => entries.includes(team.id))
    return [{ space: labSpace(id), role }, ...own.map((team): Access => ({ space: entrySpace(id, team.id), role: team.role }))]
  })
  const all: Access[] = [{ space: personSpace(person.id), role: 'owner' }, ...teams.map(({ id, role }): Access => ({ space: teamSpace(id), role })), ...inLabs]
  const roles = new Map<SpaceId, Role>()
  for (const { space, role } of all) if (roles.get(space) !== 'facilitator') roles.set(space, role)
  return [...roles].map(([space, role]) => ({ space, role }))
}

export const roleIn = (space: SpaceId, session: SessionView): Role | null => accessIn(session).find((access) => access.space === space)?.role ?? null
