/**
 * Answers questions over the content and the person's own notes. It reads the device's database, writes nothing, and runs beside
 * the page (search-worker.ts): however long an answer takes, the next letter is never late.
 */
import { live } from '../../db/live.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { breath } from '../../ui/breath.ts'
import { openCatalogue, type Catalogue } from './catalogue.ts'
import type { Hit } from './hits.ts'
import { heldKind, type HitKind } from './kinds.ts'
import { ownNotes, type OwnNote } from './own-notes.ts'
import { hitsOf, isNamed, search, type Results } from './results.ts'

/** `chosen`: the kind that the person filters by. `most`: no more finds than that are told. */
export type Question = { typed: string; chosen: HitKind | null; most: number }
export type Answer = Pick<Results, 'counts' | 'corrections'> & {
  hits: readonly Hit[]
  /** The first of them is called as was asked. */
  named: boolean
  /** Of every kind together. */
  total: number
  /** Words that come close, where nothing was found. */
  nearest: readonly string[]
}

/** `missing`: the content is not whole on this device yet. */
export type Standing = 'loading' | 'missing' | 'ready'

export type Searcher = {
  /** Tells how it stands, and anew whenever the same question may have another answer. */
  follow: (tell: (standing: Standing) => void) => void
  /** Null while there is nothing to search in. */
  answer: (question: Question) => Answer | null
}

/** A first import may take so long before it is said that search has to wait for it; in milliseconds. */
const PATIENCE_MS = 4_000
/** For so long notes are read before a question gets its turn; in milliseconds. */
const SLICE_MS = 6

/** `after` runs a task after so many milliseconds. */
export function createSearcher(db: OpstapDatabase, after: (ms: number, task: () => void) => void): Searcher {
  const followers: ((standing: Standing) => void)[] = []
  let standing: Standing = 'loading'
  let catalogue: Catalogue | undefined
  let notes: ReadonlyMap<string, OwnNote> = new Map()
  let written: readonly OwnNote[] = []
  let wanted = ''
  let round = 0

  const tell = (now: Standing) => {
    standing = now
    for (const follower of followers) follower(now)
  }
  const missing = (error?: unknown) => {
    if (error) console.warn(error)
    // The old content serves until the new one is there.
    if (!catalogue) tell('missing')
  }

  async function open(version: string): Promise<void> {
    if (version === wanted || version === '') return
    wanted = version
    const opened = await openCatalogue(db).catch(missing)
    if (!opened || version !== wanted) return
    catalogue = opened
    await takeNotes()
    tell('ready')
  }

  /** Only what changed is read again. */
  async function takeNotes(): Promise<void> {
    if (!catalogue) return
    const turn = (round += 1)
    const { engine } = catalogue
    const now = new Map(written.map((note) => [note.id, note]))
    for (const id of engine.notes.keys()) if (!now.has(id)) engine.forget(id)
    let until = performance.now() + SLICE_MS
    for (const { id, text } of written) {
      engine.note(id, text)
      if (performance.now() < until) continue
      await breath()
      // Something was written meanwhile: the round that knows it goes on.
      if (turn !== round) return
      until = performance.now() + SLICE_MS
    }
    notes = now
    if (standing === 'ready') tell('ready')
  }

  live(async () => (await db.read('pack'))?.version ?? '').subscribe((version) => void open(version), missing)
  live(() => ownNotes(db)).subscribe((now) => {
    written = now
    void takeNotes()
  }, missing)
  after(PATIENCE_MS, () => wanted === '' && missing())

  return {
    follow: (follower) => {
      followers.push(follower)
      follower(standing)
    },
    answer: (question) => (catalogue ? answerFrom(catalogue, notes, question) : null),
  }
}

function answerFrom(catalogue: Catalogue, notes: ReadonlyMap<string, OwnNote>, question: Question): Answer {
  const results = search(question.typed, catalogue, notes)
  const { counts, corrections, places } = results
  const hits = hitsOf(results, heldKind(question.chosen, counts), question.most, catalogue, notes)
  return { hits, named: isNamed(hits[0], question.typed), counts, corrections, total: places.length, nearest: places.length === 0 ? catalogue.engine.nearest(question.typed) : [] }
}
