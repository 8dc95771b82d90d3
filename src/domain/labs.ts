/** How far a team is with an assignment of a learning lab: derived here from what was written; nothing of it is stored twice. */

/** One vocabulary, in app, mail and export. `feedbackPrepared` is what only facilitators see. */
export type AssignmentState = 'notStarted' | 'draft' | 'waiting' | 'sent' | 'inReview' | 'feedbackPrepared' | 'feedbackGiven' | 'toComplete' | 'done'

export const assignmentStateWords: Record<AssignmentState, string> = {
  notStarted: 'Niet begonnen',
  draft: 'Concept',
  waiting: 'Wacht op verzending',
  sent: 'Verstuurd',
  inReview: 'In bespreking',
  feedbackPrepared: 'Feedback in voorbereiding',
  feedbackGiven: 'Feedback gekregen',
  toComplete: 'Aan te vullen',
  done: 'Afgerond',
}

/** What a facilitator concludes with the feedback. */
export const verdicts = ['feedbackGiven', 'toComplete', 'done'] as const
export type Verdict = (typeof verdicts)[number]

export type Released = { id: string; text: string; verdict: Verdict; at: number; by: string }

/** One thing that was sent, with what came of it. Moments in ms since 1970; `by` is a name as it was then. */
export type Sent = {
  id: string
  /** When the person sent it on the device. */
  at: number
  by: string
  /** When the server had it; null as long as it waits on the device. */
  arrivedAt: number | null
  /** A facilitator took it up. */
  review: { at: number; by: string } | null
  /** The newest released feedback. */
  feedback: Released | null
  /** There is feedback that was not released. Never set on a participant's device: it is not there. */
  prepared: boolean
}

export type Progress = { state: AssignmentState; at: number | null; by: string | null }

/** The latest first; of two at one moment the later id. */
export const latestFirst = <S extends Pick<Sent, 'id' | 'at'>>(sent: readonly S[]): S[] => [...sent].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))

/** How far a team is. `begun`: there is something in the draft. What was sent last counts; earlier ones stay to be read. */
export function progressOf(begun: boolean, sent: readonly Sent[]): Progress {
  const [last] = latestFirst(sent)
  if (!last) return { state: begun ? 'draft' : 'notStarted', at: null, by: null }
  if (last.feedback) return { state: last.feedback.verdict, at: last.feedback.at, by: last.feedback.by }
  if (last.arrivedAt === null) return { state: 'waiting', at: last.at, by: last.by }
  if (last.prepared) return { state: 'feedbackPrepared', at: last.review?.at ?? last.at, by: last.review?.by ?? null }
  if (last.review) return { state: 'inReview', at: last.review.at, by: last.review.by }
  return { state: 'sent', at: last.at, by: last.by }
}

/** Something is still for the team to do. */
export type AskingState = Extract<AssignmentState, 'notStarted' | 'draft' | 'toComplete'>
export const asksTeam = (state: AssignmentState): state is AskingState => state === 'notStarted' || state === 'draft' || state === 'toComplete'

/** The moment by which it is due, in ms: an extension goes before the date of the whole lab, also when it is earlier. */
export const dueOf = (date: string | undefined, extension: string | null | undefined): number | null => {
  const due = extension ?? date
  return due === undefined ? null : Date.parse(due)
}

/** When a team first sent something, in ms; what it completed later was asked for or is its own choice. */
export const firstSentAt = (sent: readonly Pick<Sent, 'at'>[]): number | null => (sent.length > 0 ? Math.min(...sent.map(({ at }) => at)) : null)

/** Lateness counts from the first sending on the device; what was never sent is late once the date is past. */
export const isLate = (due: number | null, sent: readonly Sent[], now: number): boolean => due !== null && (firstSentAt(sent) ?? now) > due

/** `K7M2-QX4D`: to name something that was sent by phone or in a mail. From its id, without letters that look like digits. */
export function referenceOf(submission: string): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
  let rest = BigInt(`0x${submission.replaceAll('-', '').slice(-12)}`)
  let code = ''
  while (code.length < 8) {
    code = alphabet[Number(rest % 30n)]! + code
    rest /= 30n
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`
}

type Dated = { id: string; at: number | null }

/** The first session that is not over; undefined when none is dated or all are. `length`: how long one lasts, in ms. */
export const nextSession = <S extends Dated>(sessions: readonly S[], now: number, length: (session: S) => number): S | undefined =>
  sessions.filter((session) => session.at !== null && session.at + length(session) > now).sort((a, b) => a.at! - b.at!)[0]
