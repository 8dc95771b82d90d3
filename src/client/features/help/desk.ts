/** What the screens of the helpdesk share. */
import type { InjectionKey, Ref } from 'vue'
import { daysLeft, daysLeftWords, inOrderOfTerm, isOpen, type QuestionState } from '../../../domain/questions.ts'
import type { PlacedQuestion } from '../../db/questions.ts'
import type { Client } from '../../sync/client.ts'
import type { Status } from '../../ui/tones.ts'
import { stateView } from './words.ts'

export type Desk = {
  client: Client
  questions: Readonly<Ref<readonly PlacedQuestion[]>>
  me: Readonly<Ref<string>>
  people: Readonly<Ref<readonly { id: string; name: string }[]>>
}
export const deskKey: InjectionKey<Desk> = Symbol('desk')

/** An empty word: no choice. `open`: what the desk has to do something about. */
export type Filters = { soort: string; thema: string; stand: 'open' | 'alle' | QuestionState; wie: string }
export const filterNames = ['soort', 'thema', 'stand', 'wie'] as const
export const NOBODY = 'niemand'

export function passing(questions: readonly PlacedQuestion[], { soort, thema, stand, wie }: Filters): PlacedQuestion[] {
  const found = questions.filter(
    (one) =>
      // What the server did not register yet waits on a device of the desk itself.
      one.receivedAt !== null &&
      (soort === '' || one.type === soort) &&
      (thema === '' || one.theme === thema) &&
      (wie === '' || (one.assignee ?? NOBODY) === wie) &&
      (stand === 'alle' || (stand === 'open' ? isOpen(one) : one.state === stand)),
  )
  return inOrderOfTerm(found) as PlacedQuestion[]
}

/** How urgent it is, where there is something to do; else how far it is. */
export function urgency(one: PlacedQuestion, today: string): Status {
  const days = daysLeft(one, today)
  if (days === null) return stateView(one.state)
  return { words: daysLeftWords(days), tone: days < 0 ? 'problem' : days <= 1 ? 'active' : 'open' }
}
