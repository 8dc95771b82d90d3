/** The action plan as a Word document, made on the device. Loaded when someone asks for it: the library is large. */
import { actionLineWords, linesOf, UNTITLED, type PlanAction, type PlanGroup } from '../../../domain/action-plan.ts'
import { fact, heading, line, lines, table, wordDocument, type DocumentPart } from '../../ui/word-document.ts'

type Plan = {
  groups: readonly PlanGroup[]
  /** Undefined without a team. */
  municipality: string | undefined
  /** The day on which it is made, in words. */
  date: string
  /** Puts a calendar day in words. */
  day: (iso: string) => string
}

/** Real headings, a table with a heading row per goal. */
export const planDocument = ({ groups, municipality, date, day }: Plan): Promise<Blob> =>
  wordDocument({
    title: municipality ? `Actieplan gelijke kansen ${municipality}` : 'Actieplan gelijke kansen',
    description: 'Doelen en acties, met trekker, termijn, budget, indicator en verankering.',
    creator: municipality,
    under: [municipality, date].filter(Boolean).join(', '),
    parts: groups.flatMap((group, index) => groupParts(group, index + 1, day)),
  })

function groupParts({ goal, actions }: PlanGroup, number: number, day: Plan['day']): DocumentPart[] {
  return [
    heading(1, goal ? `Doel ${number}: ${goal.title.trim() || UNTITLED}` : 'Acties zonder doel'),
    ...lines(goal?.why?.t),
    ...(actions.length > 0 ? [overview(actions), ...actions.flatMap((action, index) => actionParts(action, `${goal ? `${number}.` : ''}${index + 1}`, day))] : [line('Nog geen acties bij dit doel.')]),
  ]
}

/** What a college looks at first: who does what, when and with which money. */
const columns = [
  { words: 'Actie', width: 35, of: ({ title }: PlanAction) => title.trim() || UNTITLED },
  { words: actionLineWords.role, width: 20, of: ({ role }: PlanAction) => role },
  { words: actionLineWords.term, width: 15, of: ({ term }: PlanAction) => term },
  { words: actionLineWords.budget, width: 15, of: ({ budget }: PlanAction) => budget },
  { words: actionLineWords.indicator, width: 15, of: ({ indicator }: PlanAction) => indicator },
]

const overview = (actions: readonly PlanAction[]) => table(columns, actions.map((action) => columns.map(({ of }) => of(action))))

/** The whole of one action, for who carries it out; only what was filled in. */
function actionParts(action: PlanAction, number: string, day: Plan['day']): DocumentPart[] {
  return [heading(2, `${number} ${action.title.trim() || UNTITLED}`), ...lines(action.note?.t), ...linesOf(action, day).map(({ words, value }) => fact(words, value))]
}
