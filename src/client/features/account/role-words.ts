import type { TeamRole } from '../../sync/account-requests.ts'
import type { Session } from './actions.ts'

export const roleWords: Record<TeamRole, string> = { lead: 'Trekker', member: 'Lid' }

/** What someone does for everybody, beside a team. */
export const taskWords: Record<Session['roles'][number], string> = {
  admin: 'beheerder',
  facilitator: 'begeleider van leerlabo’s',
  desk: 'helpdesk',
  editor: 'redactie',
}
