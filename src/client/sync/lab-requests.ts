/** What facilitators ask the server about labs. Who is in a lab decides who sees what, so that goes by request and not by sync. */
import { SessionView } from '../../domain/session.ts'
import { json, request } from './transport.ts'

const part = encodeURIComponent

export const makeLab = (lab: { id: string; template: string; title: string }) => request(SessionView, '/api/labs', json('POST', lab))
export const inviteTeam = (lab: string, nis: string) => request(SessionView, `/api/labs/${part(lab)}/teams`, json('POST', { nis }))
export const takeTeamOut = (lab: string, team: string) => request(SessionView, `/api/labs/${part(lab)}/teams/${part(team)}`, json('DELETE'))
