/** What the labs ask and tell, as lines of the first screen. */
import { gatheringWords } from '../../../domain/lab-sessions.ts'
import { leftShort } from '../../../domain/lab-news.ts'
import { assignmentStateWords, type AskingState } from '../../../domain/labs.ts'
import { readComing, readLabNews, type Coming, type LabNews } from '../../db/lab-news.ts'
import { live } from '../../db/live.ts'
import type { Client } from '../../sync/client.ts'
import { dayWords, timeWords } from '../../ui/dates.ts'
import type { Status } from '../../ui/tones.ts'
import type { NewsLine } from './news.ts'

export type ComingLine = { id: string; to: string; title: string; hint: string; status?: Status; facts: string }
export type LabLines = { news: NewsLine[]; coming: ComingLine[] }

/** Tells the lines, and each change of them, until `until` aborts. */
export function watchLabs({ db, env }: Client, tell: (lines: LabLines) => void, until: AbortSignal): void {
  if (until.aborted) return
  const read = async (): Promise<LabLines> => {
    const now = env.now()
    const [news, coming] = await Promise.all([readLabNews(db, now), readComing(db, now)])
    return { news: news.map(newsLine), coming: coming.map((one) => comingLine(one, now)) }
  }
  const subscription = live(read).subscribe(tell, (error) => console.error(error))
  until.addEventListener('abort', () => subscription.unsubscribe())
}

function newsLine(news: LabNews): NewsLine {
  const { id, at, lab, from } = news
  const by = from || 'Je begeleider'
  if (news.kind === 'announcement') return { id, at, to: `/leerlabo/${lab.id}`, title: lab.title, words: `${by} plaatste een bericht.` }
  const state = assignmentStateWords[news.verdict]
  // `Feedback gekregen` says what the line says already.
  return { id, at, to: assignmentPath(lab.id, news.assignment.id), title: news.assignment.title, words: `${by} gaf feedback${news.verdict === 'feedbackGiven' ? '' : `: ${state}`}.` }
}

/** As on the page of the lab. */
const tones: Record<AskingState, Status['tone']> = { notStarted: 'open', draft: 'active', toComplete: 'problem' }

const assignmentPath = (lab: string, assignment: string): string => `/leerlabo/${lab}/opdracht/${assignment}`

function comingLine(coming: Coming, now: number): ComingLine {
  const { lab, at } = coming
  if (coming.kind === 'date') {
    const { assignment, state } = coming
    return { id: `date ${lab.id} ${assignment.id}`, to: assignmentPath(lab.id, assignment.id), title: `Opdracht: ${assignment.title}`, hint: lab.title, status: { words: assignmentStateWords[state], tone: tones[state] }, facts: `Tegen ${dayWords(at, now)} (${leftShort(at, now)})` }
  }
  const { session, place } = coming
  return { id: `session ${lab.id} ${session.id}`, to: `/leerlabo/${lab.id}`, title: `Sessie: ${session.title}`, hint: lab.title, facts: `${capital(dayWords(at, now))}, ${timeWords(at)} uur · ${place ?? gatheringWords[session.gathering]}` }
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
