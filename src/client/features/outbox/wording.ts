/** A written change in the words of the person who wrote it. Every collection has its words here and nowhere else. */
import { readFilled, type Answered } from '../../../domain/assignment-form.ts'
import { DELETED } from '../../../domain/row.ts'
import type { PracticeUse, TaskStatus } from '../../../domain/collections.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { stageWords } from '../../../domain/lab-call.ts'
import { assignmentStateWords, type Verdict } from '../../../domain/labs.ts'
import type { Maturity } from '../../../domain/maturity.ts'
import { practiceUseWords } from '../../../domain/practices.ts'
import type { Snapshot } from '../../../domain/snapshot.ts'
import { statusWords } from '../../../domain/starter.ts'
import { dateWords, momentWords } from '../../ui/dates.ts'

/** What the words need to know of the rest of the store. */
export type Names = {
  /** The title of an item of content; its id where the content is not there. */
  titleOf: (id: string) => string
  /** What this device knows of a row, also of a deleted one. */
  valuesOf: (space: SpaceId, collection: string, row: string) => Record<string, unknown>
  /** Where the municipality's work is now: work in another space moved there. */
  dossier: SpaceId
  /** An answer in a worksheet in words; undefined where the content does not know the question. */
  answerOf?: (row: string, unit: string, value: unknown) => { question: string; words: string } | undefined
  /** An answer in a worksheet that takes any words on one line. */
  isLine?: (row: string, unit: string) => boolean
}

export type Subject = { space: SpaceId; collection: string; row: string }

/** `Status van “Kies je focus”`, `Afgerond`; `text` is a longer text of the person's own, `to` where it can be opened. */
export type Wording = { what: string; value?: string; text?: string; to?: string }

/** `noun` goes before what the row is about: `status van`, `notitie bij`. */
type FieldWords = { article: 'de' | 'het'; noun: string; value: (value: any, written: Written) => string; text?: boolean }
type Written = { subject: Subject; unit: string; names: Names | undefined }
type CollectionWords = {
  /** What the row, or this unit of it, is about: a title, quoted. */
  about: (subject: Subject, names: Names, unit?: string) => string
  to?: (subject: Subject, names: Names) => string | undefined
  /** What it means that the server may not take it; left out: what it says of everything. */
  forbidden?: string
  /** Per unit; what content names is found by what stands before the dot. Units that are left out go without saying. */
  units: Record<string, FieldWords>
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const presence = (value: unknown): string => (value === true ? 'Verwijderd' : 'Behouden')
const quoted = (title: string): string => `“${title}”`

const taskOf = ({ space, collection, row }: Subject, names: Names): string => asText(names.valuesOf(space, collection, row)['task'])
/** What someone named themselves. */
const titled = ({ space, collection, row }: Subject, names: Names): string => quoted(asText(names.valuesOf(space, collection, row)['title']) || 'zonder titel')
const taskPath = (id: string): string => `/starten/${encodeURIComponent(id)}`

const helpPath = (question: string): string => (question ? `/hulp/${question}` : '/hulp')

/** Answers in a worksheet, of the sheet itself or of a row of a table in it. */
const answerWords: Pick<CollectionWords, 'about' | 'to'> & { units: Record<'value' | 'text', FieldWords> } = {
  about: ({ row }, names, unit = '') => quoted((unit.includes('.') && names.answerOf?.(row, unit, null)?.question) || names.titleOf(row.split('--')[0]!)),
  to: ({ row }) => {
    const [guide, sheet] = row.split('--')
    return `/instrumenten/${guide}#werkblad-${sheet}`
  },
  units: {
    value: {
      article: 'het',
      noun: 'antwoord op',
      value: (value, { subject, unit, names }) => names?.answerOf?.(subject.row, unit, value)?.words ?? (typeof value === 'number' ? String(value) : asText(value)),
    },
    text: { article: 'het', noun: 'antwoord op', value: (value) => asText(value?.t), text: true },
  },
}

/** The lab of a space: `lab:<id>`, `entry:<id>:<team>`. */
const labOf = (space: SpaceId): string => space.split(':')[1] ?? ''
const planningOf = ({ space }: Subject): string => `/begeleiding/${labOf(space)}/planning`
const momentOrNone = (value: unknown): string => (asText(value) ? momentWords(asText(value)) : 'Geen datum')
const assignmentOf = ({ space, collection, row }: Subject, names: Names): string => asText(names.valuesOf(space, collection, row)['assignment'])
const aboutAssignment = (subject: Subject, names: Names): string => (assignmentOf(subject, names) ? quoted(names.titleOf(assignmentOf(subject, names))) : 'een opdracht')
/** A device that facilitates sees the same under another address; the lab's own page leads there. */
const assignmentPath = (subject: Subject, names: Names): string => `/leerlabo/${labOf(subject.space)}/opdracht/${assignmentOf(subject, names)}`

/** Everything that was filled in, question by question, as its author can take it elsewhere. */
function sentWords({ fields, answers }: Snapshot): string {
  const words = (answer: Answered): string => {
    if (answer.kind === 'words') return answer.words
    return (answer.kind === 'photos' ? answer.photos.map(({ alt }) => alt) : answer.rows.map((row) => row.filter(Boolean).join(', '))).join('\n')
  }
  const filled = readFilled(fields, answers, dateWords).filter((answer) => words(answer))
  return filled.map((answer) => `${answer.label}\n${words(answer)}`).join('\n\n')
}

/** A team that was taken out of the lab while this waited. */
const leftLab = 'Je team zit niet (meer) in dit leerlabo. Neemt een begeleider het weer op? Probeer dan opnieuw.'

/** Answers in the draft of an assignment: lab, assignment and, of a table, question and row. */
const labAnswerWords: Pick<CollectionWords, 'about' | 'to'> = {
  about: ({ row }, names, unit = '') => quoted((unit.includes('.') && names.answerOf?.(row, unit, null)?.question) || names.titleOf(row.split('--')[1] ?? row)),
  to: ({ row }) => {
    const [lab, assignment] = row.split('--')
    return `/leerlabo/${lab}/opdracht/${assignment}`
  },
}

/** A test holds this to every collection and every field that people write. */
const words: Record<string, CollectionWords> = {
  taskProgress: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    to: ({ row }) => taskPath(row),
    units: {
      status: { article: 'de', noun: 'status van', value: (value) => statusWords[value as TaskStatus] ?? asText(value) },
      note: { article: 'de', noun: 'notitie bij', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'de', noun: 'voortgang van', value: presence },
    },
  },
  evidence: {
    about: (subject, names) => (taskOf(subject, names) ? quoted(names.titleOf(taskOf(subject, names))) : 'een taak'),
    to: (subject, names) => (taskOf(subject, names) ? taskPath(taskOf(subject, names)) : undefined),
    units: {
      url: { article: 'het', noun: 'adres van een link bij', value: asText },
      title: { article: 'de', noun: 'titel van een link bij', value: asText },
      [DELETED]: { article: 'de', noun: 'link bij', value: presence },
    },
  },
  practiceUse: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    to: ({ row }) => `/praktijken/${encodeURIComponent(row)}`,
    units: {
      status: { article: 'het', noun: 'gebruik van', value: (value) => practiceUseWords[value as PracticeUse] ?? asText(value) },
      note: { article: 'de', noun: 'notitie bij', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'het', noun: 'gebruik van', value: presence },
    },
  },
  guideUse: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    to: ({ row }) => `/instrumenten/${encodeURIComponent(row)}`,
    units: {
      since: { article: 'de', noun: 'begindatum van', value: (value) => (asText(value) ? dateWords(asText(value)) : '') },
      score: { article: 'de', noun: 'score van', value: (value) => (typeof value === 'number' ? `${value} van 5` : 'Geen score') },
      [DELETED]: { article: 'het', noun: 'gebruik van', value: presence },
    },
  },
  filledWorksheet: {
    ...answerWords,
    units: { ...answerWords.units, [DELETED]: { article: 'de', noun: 'antwoorden in een werkblad van', value: presence } },
  },
  worksheetRow: {
    ...answerWords,
    units: {
      ...answerWords.units,
      order: { article: 'de', noun: 'volgorde in een werkblad van', value: () => '' },
      [DELETED]: { article: 'de', noun: 'rij in een werkblad van', value: presence },
    },
  },
  assignmentAnswer: {
    ...labAnswerWords,
    units: { ...answerWords.units, [DELETED]: { article: 'de', noun: 'antwoorden op', value: presence } },
  },
  assignmentRow: {
    ...labAnswerWords,
    units: { ...answerWords.units, order: { article: 'de', noun: 'volgorde in', value: () => '' }, [DELETED]: { article: 'de', noun: 'rij in', value: presence } },
  },
  lab: { about: () => 'een leerlabo', to: planningOf, units: { title: { article: 'de', noun: 'naam van', value: asText } } },
  labTeam: { about: () => 'een leerlabo', units: {} },
  candidacy: {
    about: () => 'een leerlabo',
    forbidden: 'Deze oproep is voorbij. Je kandidatuur kwam niet meer aan.',
    to: ({ space }) => `/leerlabo/${labOf(space)}/oproep`,
    units: {
      stage: { article: 'de', noun: 'stand voor', value: (value) => stageWords[value as Maturity] ?? asText(value) },
      motivation: { article: 'de', noun: 'motivatie voor', value: asText, text: true },
      [DELETED]: { article: 'de', noun: 'kandidatuur voor', value: presence },
    },
  },
  candidacyReply: {
    about: () => 'een kandidaat voor een leerlabo',
    to: ({ space }) => `/begeleiding/${labOf(space)}/oproep`,
    units: { reply: { article: 'het', noun: 'antwoord aan', value: (value) => asText(value?.text ?? value), text: true }, [DELETED]: { article: 'het', noun: 'antwoord aan', value: presence } },
  },
  labCandidate: { about: () => 'een leerlabo', units: {} },
  labSession: {
    about: () => 'een sessie van een leerlabo',
    to: planningOf,
    units: {
      at: { article: 'de', noun: 'datum van', value: momentOrNone },
      place: { article: 'de', noun: 'plaats van', value: (value) => asText(value) || 'Geen plaats' },
    },
  },
  labAssignment: { about: ({ row }, names) => quoted(names.titleOf(row)), to: planningOf, units: { due: { article: 'de', noun: 'inleverdatum van', value: momentOrNone } } },
  announcement: {
    about: () => 'alle teams van een leerlabo',
    to: planningOf,
    units: { text: { article: 'het', noun: 'bericht aan', value: asText, text: true }, [DELETED]: { article: 'het', noun: 'bericht aan', value: presence } },
  },
  submission: { about: aboutAssignment, to: assignmentPath, forbidden: leftLab, units: { snapshot: { article: 'de', noun: 'inzending van', value: sentWords, text: true } } },
  sharing: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    forbidden: leftLab,
    to: ({ space, row }) => `/leerlabo/${labOf(space)}/opdracht/${row}`,
    units: { agreed: { article: 'het', noun: 'delen van', value: (value) => (value === true ? 'Andere teams mogen het lezen' : 'Niet met andere teams') } },
  },
  sharedWork: { about: () => 'een leerlabo', units: {} },
  submissionReview: { about: () => 'een inzending', units: { from: { article: 'de', noun: 'bespreking van', value: () => '' } } },
  feedbackDraft: {
    about: aboutAssignment,
    units: {
      text: { article: 'de', noun: 'feedback in voorbereiding bij', value: (value) => asText(value?.t), text: true },
      verdict: { article: 'het', noun: 'besluit bij', value: (value) => assignmentStateWords[value as Verdict] ?? asText(value) },
    },
  },
  feedback: { about: () => 'een inzending', units: { text: { article: 'de', noun: 'feedback op', value: asText, text: true } } },
  message: { about: aboutAssignment, to: assignmentPath, forbidden: leftLab, units: { text: { article: 'het', noun: 'bericht bij', value: asText, text: true } } },
  extension: { about: ({ row }, names) => quoted(names.titleOf(row)), units: { due: { article: 'het', noun: 'uitstel voor', value: (value) => momentOrNone(value) } } },
  scanRound: {
    about: ({ row }, names, unit = '') => {
      const question = unit.includes('.') && names.answerOf?.(row, unit, null)?.question
      const [scan = '', year = ''] = row.split('--')
      return question ? quoted(question) : `${quoted(names.titleOf(scan))} van ${year}`
    },
    to: () => '/quickscan',
    units: {
      value: answerWords.units.value,
      finishedAt: { article: 'het', noun: 'einde van', value: (value) => (asText(value) ? dateWords(asText(value)) : 'Nog niet klaar') },
      [DELETED]: { article: 'de', noun: 'antwoorden in', value: presence },
    },
  },
  pathOrder: {
    about: () => 'het starterspad',
    to: () => '/starten',
    units: { first: { article: 'de', noun: 'volgorde van', value: (value) => (Array.isArray(value) ? `${value.length === 1 ? 'Eén taak' : `${value.length} taken`} vooraan` : 'De gewone volgorde') }, [DELETED]: { article: 'de', noun: 'volgorde van', value: presence } },
  },
  planGoal: {
    about: titled,
    to: () => '/actieplan',
    units: {
      title: { article: 'het', noun: 'doel', value: asText },
      why: { article: 'het', noun: 'waarom van', value: (value) => asText(value?.t), text: true },
      order: { article: 'de', noun: 'plaats van', value: () => '' },
      [DELETED]: { article: 'het', noun: 'doel', value: presence },
    },
  },
  planAction: {
    about: titled,
    to: ({ row }) => `/actieplan#${row}`,
    units: {
      goal: { article: 'het', noun: 'doel van', value: (value, { subject, names }) => (asText(value) ? asText(names?.valuesOf(subject.space, 'planGoal', asText(value))['title']) || 'Een ander doel' : 'Nog geen doel') },
      title: { article: 'de', noun: 'actie', value: asText },
      note: { article: 'de', noun: 'uitleg bij', value: (value) => asText(value?.t), text: true },
      role: { article: 'de', noun: 'trekker van', value: asText },
      term: { article: 'de', noun: 'termijn van', value: asText },
      budget: { article: 'de', noun: 'budgetlijn van', value: asText },
      indicator: { article: 'de', noun: 'indicator van', value: asText },
      agreement: { article: 'de', noun: 'afspraak bij', value: asText },
      decidedOn: { article: 'de', noun: 'datum van de beslissing bij', value: (value) => (asText(value) ? dateWords(asText(value)) : '') },
      multiYearPlan: { article: 'de', noun: 'plaats in het meerjarenplan van', value: asText },
      order: { article: 'de', noun: 'plaats van', value: () => '' },
      [DELETED]: { article: 'de', noun: 'actie', value: presence },
    },
  },
  bookmark: {
    about: ({ row }, names) => quoted(names.titleOf(row.split('--')[0]!)),
    to: ({ row }) => `/instrumenten/${row.replace('--', '#')}`,
    units: { at: { article: 'de', noun: 'bladwijzer in', value: () => '' }, [DELETED]: { article: 'de', noun: 'bladwijzer in', value: presence } },
  },
  position: {
    about: ({ row }, names) => quoted(names.titleOf(row)),
    units: { place: { article: 'de', noun: 'plaats waar je was in', value: (value) => asText(value?.path) } },
  },
  member: {
    about: () => 'een lid van het team',
    units: { name: { article: 'de', noun: 'naam van', value: asText }, role: { article: 'de', noun: 'rol van', value: asText } },
  },
  question: {
    about: () => 'de helpdesk',
    to: ({ row }) => `/hulp/${row}`,
    units: {
      asked: { article: 'de', noun: 'vraag aan', value: (value) => asText(value?.text ?? value), text: true },
      term: { article: 'de', noun: 'termijn van een vraag aan', value: (value) => (asText(value) ? dateWords(asText(value)) : '') },
      assignee: { article: 'de', noun: 'behandelaar van een vraag aan', value: () => '' },
      closed: { article: 'het', noun: 'afsluiten van een vraag aan', value: (value) => (value === true ? 'Afgesloten' : 'Weer open') },
      [DELETED]: { article: 'de', noun: 'vraag aan', value: presence },
    },
  },
  questionMessage: {
    about: () => 'de helpdesk',
    to: (subject, names) => helpPath(asText(names.valuesOf(subject.space, subject.collection, subject.row)['question'])),
    units: {
      text: { article: 'het', noun: 'bericht aan', value: asText, text: true },
      answer: { article: 'het', noun: 'antwoord van', value: asText, text: true },
    },
  },
  questionRegistration: { about: () => 'een vraag aan de helpdesk', units: {} },
  answerProposal: {
    about: () => 'de kennisbank',
    to: () => '/hulp/helpdesk/kennisbank',
    units: {
      question: { article: 'de', noun: 'vraag in een voorstel voor', value: (value) => asText(value?.t), text: true },
      answer: { article: 'het', noun: 'antwoord in een voorstel voor', value: (value) => asText(value?.t), text: true },
      [DELETED]: { article: 'het', noun: 'voorstel voor', value: presence },
    },
  },
  labRead: {
    about: () => 'een leerlabo',
    to: ({ row }) => `/leerlabo/${row.replace('--', '/opdracht/')}`,
    units: { at: { article: 'het', noun: 'lezen van nieuws uit', value: () => '' } },
  },
  mailChoice: {
    about: () => 'leerlabo’s',
    to: () => '/account',
    units: { wanted: { article: 'de', noun: 'keuze over mail over', value: (value) => (value === false ? 'Geen mail' : 'Wel mail') } },
  },
  questionRead: {
    about: () => 'de helpdesk',
    to: ({ row }) => `/hulp/${row}`,
    units: { answers: { article: 'het', noun: 'lezen van een antwoord van', value: () => '' } },
  },
  conflict: {
    about: ({ space, row }, names) => {
      const [collection = '', id = '', unit = ''] = row.split(':')
      return unitWords({ space, collection, row: id }, unit, names)
    },
    units: { settledAt: { article: 'de', noun: 'keuze over', value: () => '' } },
  },
}

/** `value.trekker` is told as every `value`. */
const fieldWords = ({ units }: CollectionWords, unit: string): FieldWords | undefined => units[unit] ?? units[unit.split('.')[0]!]

const wordsFor = (collection: string): CollectionWords | undefined => (Object.hasOwn(words, collection) ? words[collection] : undefined)

/** `de status van “Kies je focus”` */
export function unitWords(subject: Subject, unit: string, names: Names): string {
  const known = wordsFor(subject.collection)
  const field = known && fieldWords(known, unit)
  return known && field ? `${field.article} ${field.noun} ${known.about(subject, names, unit)}` : 'iets dat deze versie van de app niet kent'
}

/** A value of one unit as one reads it on its screen. */
export function valueWords(collection: string, unit: string, value: unknown, of?: { subject: Subject; names: Names }): string {
  const known = wordsFor(collection)
  const subject = of?.subject ?? { space: '' as SpaceId, collection, row: '' }
  return (known && fieldWords(known, unit)?.value(value, { subject, unit, names: of?.names })) ?? ''
}

/** Why the server could not take a change, as its author reads it. */
export const refusalWords = (collection: string, reason: { code: string; message: string } | undefined): string =>
  (reason?.code === 'forbidden' && wordsFor(collection)?.forbidden) || (reason?.message ?? 'De server gaf geen reden.')

export const linkTo = (subject: Subject, names: Names): string | undefined => wordsFor(subject.collection)?.to?.(subject, names)

/** What a change did. `units` holds the changed values per unit. */
export function changeWords(subject: Subject, units: Record<string, unknown>, names: Names): Wording {
  const known = wordsFor(subject.collection)
  if (!known) return { what: 'Iets dat deze versie van de app niet kent' }
  const to = linkTo(subject, names)
  const link = to ? { to } : {}
  if (subject.collection === 'evidence' && !(DELETED in units) && 'url' in units) {
    return { what: `Link bij ${known.about(subject, names)}`, value: asText(units['title']) || asText(units['url']), ...link }
  }
  if (DELETED in units) {
    const moved = units[DELETED] === true && subject.space !== names.dossier && subject.space.startsWith('person:')
    const value = moved ? 'Verhuisd naar het team' : units[DELETED] === true ? 'Verwijderd' : 'Teruggezet'
    return { what: capital(`${known.units[DELETED]?.noun ?? 'gegevens van'} ${known.about(subject, names)}`), value, ...link }
  }
  const said = Object.entries(units).flatMap(([unit, value]) => {
    const field = fieldWords(known, unit)
    return field ? [{ unit, field, words: field.value(value, { subject, unit, names }) }] : []
  })
  if (said.length === 0) return { what: capital(`gegevens van ${known.about(subject, names)}`), ...link }
  const what = capital(said.map(({ unit, field }) => `${field.noun} ${known.about(subject, names, unit)}`).join(' en '))
  const texts = said.filter(({ field }) => field.text).map(({ words }) => words)
  const values = said.filter(({ field }) => !field.text && subject.collection !== 'position').map(({ words }) => words)
  const text = texts.filter(Boolean).join('\n')
  const value = values.filter(Boolean).join(', ')
  return { what, ...(value ? { value } : {}), ...(text ? { text } : {}), ...link }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
