/** What the one who asked and the desk read about a question. */
import type { Question, QuestionState } from '../../../domain/questions.ts'
import { cut } from '../../../domain/proposals.ts'
import { questionStateWords } from '../../../domain/questions.ts'
import { dayWords } from '../../ui/dates.ts'
import type { Status, StatusTone } from '../../ui/tones.ts'

const tones: Record<QuestionState, StatusTone> = { waiting: 'waiting', sent: 'open', inProgress: 'active', answered: 'done', closed: 'muted' }

export const stateView = (state: QuestionState): Status => ({ words: questionStateWords[state], tone: tones[state] })

/** The first words of a question, for a list. */
export const shortText = (text: string, most = 90): string => cut(text.replace(/\s+/g, ' ').trim(), most)

/** Why a question still waits. */
export type Waiting = 'account' | 'team' | 'connection'

/** What happens next with a question that was sent; nothing where the answer is there. */
export function nextWords({ state, term }: Question, now: number): string | undefined {
  if (state !== 'sent' && state !== 'inProgress') return undefined
  const day = dayWords(term!, now)
  const begun = state === 'inProgress' ? 'Iemand van de helpdesk werkt eraan.' : 'Je vraag is bij de helpdesk.'
  return `${begun} Je krijgt een antwoord tegen ${day}.`
}
