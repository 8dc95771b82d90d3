/** What teams sent in, as Word documents made on the device. Loaded when someone asks for one. Nothing of a draft, nor of feedback in preparation, is in it. */
import { readFilled, type Answered } from '../../../domain/assignment-form.ts'
import type { SpaceId } from '../../../domain/ids.ts'
import { assignmentStateWords, progressOf, referenceOf, type Released } from '../../../domain/labs.ts'
import { jpegSize, type Photo } from '../../../domain/photos.ts'
import { dateWords, fullDayWords, timeWords } from '../../ui/dates.ts'
import { fact, heading, line, lines, picture, table, wordDocument, type DocumentPart } from '../../ui/word-document.ts'
import type { SentSnapshot } from './labs.ts'
import { lateWords } from './words.ts'

export type Submission = {
  /** The name of the municipality. */
  team: string
  /** The title of the lab. */
  lab: string
  /** Where its photos are named. */
  space: SpaceId
  sent: SentSnapshot
  /** In ms since 1970; null where no date was set. */
  due: number | null
  /** When the team sent this assignment for the first time: from then on it is no longer late. */
  first: number
}

/** The bytes of a photo; null where it is not to be had now. */
export type Photos = (space: SpaceId, file: string) => Promise<Uint8Array | null>

/** So many bytes of photos go into one document: a phone has to hold it as a whole. */
const MAX_PICTURES = 60_000_000

export async function submissionDocument(submission: Submission, photos: Photos): Promise<Blob> {
  const { sent, team, lab } = submission
  const parts = await submissionParts(submission, 1, bounded(photos))
  return wordDocument({ title: sent.snapshot.title, description: `Inzending ${referenceOf(sent.id)} van ${team} in ${lab}.`, creator: team, under: `${team}, ${lab}`, parts })
}

/** Of several teams or assignments under one heading. */
export type Chapter = { title: string; entries: { title: string; submission: Submission }[] }

/** `told`: after each submission, how many are done. */
export async function cohortDocument(lab: string, date: string, chapters: readonly Chapter[], photos: Photos, told: (done: number) => void): Promise<Blob> {
  const parts: DocumentPart[] = []
  const within = bounded(photos)
  let done = 0
  for (const [index, { title, entries }] of chapters.entries()) {
    parts.push(heading(1, title, index > 0))
    for (const entry of entries) {
      parts.push(heading(2, entry.title), ...(await submissionParts(entry.submission, 3, within)))
      told((done += 1))
    }
  }
  return wordDocument({ title: lab, description: 'Wat de teams het laatst verstuurden, met de feedback die ze kregen.', creator: undefined, under: `Inzendingen op ${date}`, parts })
}

function bounded(photos: Photos): Photos {
  let room = MAX_PICTURES
  return async (space, file) => {
    const bytes = room > 0 ? await photos(space, file) : null
    if (!bytes || bytes.byteLength > room) return null
    room -= bytes.byteLength
    return bytes
  }
}

/** `12 mei 2026`, with day and hour: a paper is read long after. */
const when = (at: number): string => `${fullDayWords(at)} om ${timeWords(at)}`
const doneBy = (at: number, by: string | null): string => [when(at), by ? `door ${by}` : ''].filter(Boolean).join(' ')

/** `level`: of the headings of its questions. */
async function submissionParts({ team, lab, space, sent, due, first }: Submission, level: 1 | 3, photos: Photos): Promise<DocumentPart[]> {
  // What a facilitator prepares is not on paper either: this one may be handed to the team.
  const progress = progressOf(false, [{ ...sent, prepared: false }])
  const parts = [
    ...(level === 1 ? [fact('Gemeente', team), fact('Leerlabo', lab)] : []),
    fact('Referentie', referenceOf(sent.id)),
    fact('Toestand', progress.at === null ? assignmentStateWords[progress.state] : `${assignmentStateWords[progress.state]}, ${doneBy(progress.at, progress.by)}`),
    ...(due === null ? [] : [fact('Inleveren tegen', `${when(due)}${first > due ? ` (${lateWords(due, first)})` : ''}`)]),
    fact('Verzonden op het toestel', doneBy(sent.at, sent.by)),
    fact('Aangekomen op de server', sent.arrivedAt === null ? 'nog niet' : when(sent.arrivedAt)),
  ]
  if (level === 1) parts.push(heading(1, 'Antwoorden'))
  const below = level === 1 ? 2 : 3
  const answers: DocumentPart[] = []
  for (const answer of readFilled(sent.snapshot.fields, sent.snapshot.answers, dateWords)) answers.push(heading(below, answer.label), ...(await answerParts(answer, space, photos)))
  return [...parts, ...answers, ...(sent.feedback ? feedbackParts(sent.feedback, level) : [])]
}

async function answerParts(answer: Answered, space: SpaceId, photos: Photos): Promise<DocumentPart[]> {
  const empty = [line('Niet ingevuld')]
  if (answer.kind === 'words') return answer.words ? lines(answer.words) : empty
  if (answer.kind === 'photos') {
    const parts: DocumentPart[] = []
    for (const photo of answer.photos) parts.push(...photoParts(photo, await photos(space, photo.file)))
    return parts.length > 0 ? parts : empty
  }
  if (answer.rows.length === 0) return empty
  const width = 100 / answer.columns.length
  // Two tables in a row would grow together, and a table at the end of a page leaves no place for what follows.
  return [table(answer.columns.map((words) => ({ words, width })), answer.rows), line('')]
}

function photoParts({ alt }: Photo, bytes: Uint8Array | null): DocumentPart[] {
  const size = bytes && jpegSize(bytes)
  const words = alt || 'Foto zonder beschrijving'
  return bytes && size ? picture(bytes, size, words) : [line(`${words} (deze foto zit niet in het document: ze stond niet op dit toestel en kon niet opgehaald worden)`)]
}

const feedbackParts = ({ text, verdict, at, by }: Released, level: 1 | 3): DocumentPart[] => [heading(level, 'Feedback'), fact(assignmentStateWords[verdict], doneBy(at, by)), ...lines(text)]
