/** Every table, as Kysely sees it; the migrations are the source. `bigint` columns are numbers on both engines. */
import type { Generated } from 'kysely'

export type Tables = {
  sync_space: { id: string; head: Generated<number> }
  /** JSON kept as text: `row_values`, `stamps`, `authors`. */
  sync_row: { space: string; collection: string; id: string; row_values: string; stamps: string; authors: string; seq: number }
  sync_mutation: {
    id: string
    client: string
    n: number | null
    hash: string
    person: string | null
    space: string
    collection: string
    row: string
    payload: string
    hlc: string
    received_at: number
    status: 'applied' | 'superseded' | 'parked'
    reason: string | null
    seq: number | null
  }
  sync_client: { id: string; person: string; last_hlc: string | null; seen_at: number }
  sync_meta: { key: string; value: string }

  // Of better-auth; its own names are kept so that its adapter needs no mapping.
  user: {
    id: string
    name: string
    email: string
    emailVerified: boolean
    image: string | null
    createdAt: Generated<Date>
    updatedAt: Generated<Date>
  }
  session: {
    id: string
    expiresAt: Date
    token: string
    createdAt: Generated<Date>
    updatedAt: Date
    ipAddress: string | null
    userAgent: string | null
    userId: string
    activeOrganizationId: string | null
  }
  account: {
    id: string
    accountId: string
    providerId: string
    userId: string
    accessToken: string | null
    refreshToken: string | null
    idToken: string | null
    accessTokenExpiresAt: Date | null
    refreshTokenExpiresAt: Date | null
    scope: string | null
    password: string | null
    createdAt: Generated<Date>
    updatedAt: Date
  }
  verification: { id: string; identifier: string; value: string; expiresAt: Date; createdAt: Generated<Date>; updatedAt: Generated<Date> }
  /** A team; `slug` is the NIS code of its municipality. */
  organization: { id: string; name: string; slug: string; logo: string | null; createdAt: Date; metadata: string | null }
  member: { id: string; organizationId: string; userId: string; role: 'lead' | 'member'; createdAt: Date }
  invitation: {
    id: string
    organizationId: string
    email: string
    role: 'lead' | 'member' | null
    status: 'pending' | 'accepted' | 'rejected' | 'canceled'
    expiresAt: Date
    createdAt: Generated<Date>
    inviterId: string
  }
  rateLimit: { id: string; key: string; count: number; lastRequest: number }

  person_role: { person: string; role: 'admin' | 'facilitator' | 'desk' | 'editor' }
  join_request: {
    id: string
    person: string
    nis: string
    status: 'pending' | 'approved' | 'refused'
    asked_at: number
    decided_by: string | null
    decided_at: number | null
  }
  /** `title`: as it was made; facilitators change it in the lab's own space. `made_at`: ms since 1970. */
  lab: { id: string; template: string; title: string; made_at: number }
  lab_facilitator: { lab: string; person: string }
  /** `left_at`: ms since 1970; null for a team that takes part. */
  lab_team: { lab: string; team: string; joined_at: number; left_at: number | null }
  /** Who is told of what in a lab. `item`: the row or the assignment; `mail`: null while it waits for one, empty for what is never mailed. Times in ms since 1970. */
  lab_notice: { person: string; about: string; kind: 'feedback' | 'announcement' | 'date'; lab: string; team: string; item: string; found_at: number; mail: string | null }
  /** `next_try`: null for one that is on its way, was sent or given up. */
  lab_mail: { id: string; person: string; made_at: number; tries: Generated<number>; next_try: number | null; sent_at: number | null }
  /** The secret address under which a person's calendar asks for a lab. */
  lab_calendar: { lab: string; person: string; token: string; made_at: number }
  /** A lab that asks for teams. `title`: the lab's own when the call was made or changed; `last_day`: a calendar day; `closed_at`: ms since 1970. */
  lab_call: { lab: string; title: string; last_day: string | null; places: number | null; closed_at: number | null }
  /** A team that put itself forward, also when it withdrew or was answered. `since`: ms since 1970. */
  lab_candidate: { lab: string; team: string; since: number }
  /** Own counters of attempts, shared by all processes; `since` is the start of the window, ms since 1970. */
  attempt: { key: string; count: number; since: number }
}

/** Every table by name. Written out, since a database may hold tables of others too; `satisfies` keeps it whole. */
const named = {
  sync_space: true, sync_row: true, sync_mutation: true, sync_client: true, sync_meta: true,
  user: true, session: true, account: true, verification: true, organization: true, member: true, invitation: true, rateLimit: true,
  person_role: true, join_request: true, attempt: true, lab: true, lab_facilitator: true, lab_team: true, lab_notice: true, lab_mail: true, lab_calendar: true, lab_call: true, lab_candidate: true,
} satisfies Record<keyof Tables, true>
export const tableNames = Object.keys(named) as (keyof Tables)[]
