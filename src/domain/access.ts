/** Which spaces someone may see and what they are in each: the one rule for push, pull, pokes and the screens. */
import type { Role } from './collection.ts'
import type { SpaceId } from './ids.ts'
import type { SessionView } from './session.ts'
import { deskSpace, entrySpace, kindOf, labSpace, personSpace, reviewSpace, teamSpace } from './spaces.ts'

export type Access = { space: SpaceId; role: Role }

/**
 * What someone is in a space that the server knows; null: it is not theirs to see. Who is of the helpdesk answers there, and who
 * facilitates a lab is that in all of it: both also towards a team of their own.
 */
export function roleIn(space: SpaceId, { person, roles, teams, labs = [], calls = [] }: SessionView): Role | null {
  const [, id, entering] = space.split(':')
  const inTeam = (named: string | undefined): Role | null => teams.find((team) => team.id === named)?.role ?? null
  const places = labs.filter((lab) => lab.id === id && (entering === undefined || lab.teams.includes(entering)))
  const guides = places.some(({ role }) => role === 'facilitator')
  switch (kindOf(space)) {
    case 'person':
      return space === personSpace(person.id) ? 'owner' : null
    case 'team':
      return inTeam(id)
    case 'desk':
      return roles.includes('desk') ? 'desk' : inTeam(id)
    case 'lab':
      return guides ? 'facilitator' : places.length > 0 ? 'participant' : null
    case 'entry':
      if (guides) return 'facilitator'
      if (places.length > 0) return inTeam(entering)
      // A team that may put itself forward: what it says of itself is between the team and the facilitators, like all it enters.
      return inTeam(entering) && calls.some(({ lab }) => lab === id) ? 'candidate' : null
    case 'review':
      return guides ? 'facilitator' : null
    default:
      return null
  }
}

/** Each space once. `everyTeam`: the teams whose questions the helpdesk sees; only the server knows more of them than one's own. */
export function accessIn(view: SessionView, everyTeam: readonly string[] = view.teams.map(({ id }) => id)): Access[] {
  const own = view.teams.map(({ id }) => id)
  const desks = view.roles.includes('desk') ? everyTeam : own
  const ofLabs = (view.labs ?? []).flatMap(({ id, teams }) => [labSpace(id), reviewSpace(id), ...teams.map((team) => entrySpace(id, team))])
  const asked = (view.calls ?? []).flatMap(({ lab }) => own.map((team) => entrySpace(lab, team)))
  const spaces = new Set([personSpace(view.person.id), ...own.map(teamSpace), ...desks.map(deskSpace), ...ofLabs, ...asked])
  return [...spaces].flatMap((space): Access[] => {
    const role = roleIn(space, view)
    return role ? [{ space, role }] : []
  })
}
