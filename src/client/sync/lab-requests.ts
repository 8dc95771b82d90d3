/** What the server is asked about labs. Who is in a lab decides who sees what, so that goes by request and not by sync. */
import * as z from 'zod/mini'
import { SessionView } from '../../domain/session.ts'
import { json, request } from './transport.ts'

const part = encodeURIComponent

export const makeLab = (lab: { id: string; template: string; title: string }) => request(SessionView, '/api/labs', json('POST', lab))
export const inviteTeam = (lab: string, nis: string) => request(SessionView, `/api/labs/${part(lab)}/teams`, json('POST', { nis }))
/** `lastDay`: a calendar day; null where there is none. */
export const openCall = (lab: string, terms: { lastDay: string | null; places: number | null }) => request(SessionView, `/api/labs/${part(lab)}/call`, json('POST', terms))
export const closeCall = (lab: string) => request(SessionView, `/api/labs/${part(lab)}/call`, json('DELETE'))
export const takeTeamOut = (lab: string, team: string) => request(SessionView, `/api/labs/${part(lab)}/teams/${part(team)}`, json('DELETE'))

/** Where a calendar program finds the dates of a lab. `renew`: the address of before stops. */
export const calendarAddress = (lab: string, renew: boolean) => request(z.object({ address: z.url() }), `/api/labs/${part(lab)}/calendar`, json('POST', { renew }))
