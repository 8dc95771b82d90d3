/** The binding of a field to a long text, against the real store and the real text library. */
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { decodeUpdate } from 'yjs'
import type { TextValue } from '../../../src/domain/collection.ts'
import { MAX_TEXT } from '../../../src/domain/row.ts'
import { taskProgress } from '../../../src/domain/collections.ts'
import { LOCAL_SPACE } from '../../../src/domain/spaces.ts'
import { fromBase64, mergeText, openText } from '../../../src/protocol/text.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { startWriting, type Written } from '../../../src/client/sync/mutate.ts'
import { editText, spliceBetween, type Standing, type TextEditing } from '../../../src/client/sync/text-editing.ts'

describe('the splice between two texts', () => {
  const after = (before: string, now: string, caret = now.length) => {
    const splice = spliceBetween(before, now, caret)
    return splice ? before.slice(0, splice.at) + splice.inserted + before.slice(splice.at + splice.removed) : before
  }

  test('is nothing when nothing changed, and the smallest when something did', () => {
    expect(spliceBetween('kaas', 'kaas', 2)).toBeUndefined()
    expect(spliceBetween('goede dag', 'goede mooie dag', 12)).toEqual({ at: 6, removed: 0, inserted: 'mooie ' })
    expect(spliceBetween('goede dag', 'dag', 0)).toEqual({ at: 0, removed: 6, inserted: '' })
  })
  test('is where the caret is, among equal letters', () => {
    expect(spliceBetween('aaa', 'aaaa', 2)).toEqual({ at: 1, removed: 0, inserted: 'a' })
    expect(spliceBetween('aaa', 'aa', 0)).toEqual({ at: 0, removed: 1, inserted: '' })
  })
  test('takes an emoji whole, though two of them share their first half', () => {
    expect(spliceBetween('a😀b', 'a😁b', 3)).toEqual({ at: 1, removed: 2, inserted: '😁' })
    expect(spliceBetween('😀', '😀😀', 2)).toEqual({ at: 0, removed: 0, inserted: '😀' })
  })
  test('leads from the one to the other, and the library takes it as it is, wherever the caret is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '😀', '😁', 'é'), maxLength: 12 })
    fc.assert(
      fc.property(text, text, fc.nat(24), (before, now, caret) => {
        expect(after(before, now, Math.min(caret, now.length))).toBe(now)
        const open = openText()
        open.splice({ at: 0, removed: 0, inserted: before })
        const splice = spliceBetween(before, now, Math.min(caret, now.length))
        if (splice) open.splice(splice)
        expect(open.read()).toBe(now)
        open.close()
      }),
    )
  })
})

/** A field as the browser's: text and caret, and what the binding told of it. */
class Field {
  text = ''
  caret = 0
  standings: Standing['kind'][] = []
  editing!: TextEditing

  positions = () => [this.caret, this.caret]
  show = (text: string, [caret]: readonly number[]) => {
    this.text = text
    this.caret = caret!
  }
  standing = ({ kind }: Standing) => void this.standings.push(kind)

  /** Types at the caret. */
  type(words: string): void {
    this.text = this.text.slice(0, this.caret) + words + this.text.slice(this.caret)
    this.caret += words.length
    this.editing.typed(this.text, this.caret)
  }
}

let db: OpstapDatabase
let waiting: (() => void)[]
let refusal: Exclude<Written, { kind: 'written' }> | undefined
let seed: number

beforeEach(() => {
  db = new OpstapDatabase('texts', { indexedDB: new IDBFactory(), IDBKeyRange })
  waiting = []
  refusal = undefined
  seed = 1
})

const clock = { now: () => Date.UTC(2026, 10, 21), random: (count: number) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24) }
const note = async () => (await db.rows.get([LOCAL_SPACE, 'taskProgress', 'taak-een']))?.values['note'] as TextValue | undefined
const write = (value: TextValue): Promise<Written> => (refusal ? Promise.resolve(refusal) : startWriting(db, clock)({ definition: taskProgress, row: 'taak-een', set: { note: value } }))
const after = (_ms: number, run: () => void) => {
  waiting.push(run)
  return () => void (waiting = waiting.filter((other) => other !== run))
}

async function field(): Promise<Field> {
  const made = new Field()
  const state = await note()
  made.text = state?.t ?? ''
  made.caret = made.text.length
  made.editing = editText({ write, after }, made, state)
  return made
}

/** What a colleague's device made of the stored note: `words` at `at`. */
async function byColleague(state: TextValue | undefined, words: string, at: number): Promise<TextValue> {
  const open = openText(state)
  open.splice({ at, removed: 0, inserted: words })
  const { value } = open.unsettled()!
  open.close()
  return mergeText(state, value)
}

describe('typing', () => {
  test('is in the store after the wait, as the text and as one waiting change', async () => {
    const mine = await field()
    mine.type('Gebeld')
    mine.type(' met An.')
    expect(waiting).toHaveLength(1)
    waiting[0]!()
    await vi.waitFor(() => expect(mine.standings.at(-1)).toBe('clean'))
    mine.type(' Morgen meer.')
    expect(await mine.editing.save()).toEqual({ kind: 'clean' })
    expect((await note())?.t).toBe('Gebeld met An. Morgen meer.')
    const entries = await db.outbox.toArray()
    expect(entries).toHaveLength(1)
    expect(mergeText(undefined, entries[0]!.set['note'] as TextValue).t).toBe('Gebeld met An. Morgen meer.')
  })

  test('that begins before the library is there is taken along', async () => {
    await (async () => {
      const first = await field()
      first.type('Oud.')
      await first.editing.close()
    })()
    const mine = await field()
    mine.type(' Nieuw.')
    mine.editing.stored(await byColleague(await note(), 'Van An. ', 0))
    await mine.editing.save()
    expect(mine.text).toBe('Van An. Oud. Nieuw.')
    expect((await note())?.t).toContain('Nieuw.')
  })

  test('sends only what was typed: the stored text never goes out again', async () => {
    const first = await field()
    first.type('x'.repeat(5_000))
    await first.editing.close()
    const before = (await db.outbox.toArray())[0]!
    await db.outbox.put({ ...before, state: 'sent' })
    const mine = await field()
    mine.type('!')
    await mine.editing.save()
    const sent = (await db.outbox.toArray()).find(({ state }) => state === 'waiting')!
    expect((sent.set['note'] as TextValue).y.length).toBeLessThan(200)
  })

  test('of two who started from the same text survives on both sides', async () => {
    const first = await field()
    first.type('Samen.')
    await first.editing.save()
    const common = await note()
    first.type(' Ik.')
    await first.editing.save()
    const merged = mergeText(await note(), await byColleague(common, 'An: ', 0))
    expect(merged.t).toBe('An: Samen. Ik.')
    first.editing.stored(merged)
    expect(first.text).toBe('An: Samen. Ik.')
  })

  test('draws another writer each time a note is opened', async () => {
    const writers = new Set<number>()
    for (const words of ['een', 'twee', 'drie']) {
      const mine = await field()
      mine.type(words)
      await mine.editing.close()
      const entry = (await db.outbox.toArray()).find(({ state }) => state === 'waiting')!
      await db.outbox.put({ ...entry, state: 'sent' })
      writers.add(decodeUpdate(fromBase64((entry.set['note'] as TextValue).y)).structs[0]!.id.client)
    }
    expect(writers.size).toBe(3)
  })
})

describe('what a colleague types meanwhile', () => {
  const shared = async () => {
    const mine = await field()
    mine.type('Eerste zin. Tweede zin.')
    await mine.editing.save()
    return mine
  }

  test('comes in without moving the caret away from its words', async () => {
    const mine = await shared()
    mine.caret = 'Eerste zin.'.length
    mine.editing.stored(await byColleague(await note(), 'Van An: ', 0))
    expect(mine.text).toBe('Van An: Eerste zin. Tweede zin.')
    expect(mine.text.slice(0, mine.caret)).toBe('Van An: Eerste zin.')
    mine.type(' En ik.')
    await mine.editing.save()
    expect((await note())?.t).toBe('Eerste zin. En ik. Tweede zin.')
  })

  test('comes behind the caret where both type at the end', async () => {
    const mine = await shared()
    mine.editing.stored(await byColleague(await note(), ' Derde van An.', mine.text.length))
    expect(mine.caret).toBe('Eerste zin. Tweede zin.'.length)
  })

  test('waits while an input method composes', async () => {
    const mine = await shared()
    mine.editing.composing(true)
    mine.type('ni')
    mine.editing.stored(await byColleague(await note(), 'Van An: ', 0))
    expect(mine.text).toBe('Eerste zin. Tweede zin.ni')
    mine.text = mine.text.replace('ni', '你')
    mine.caret = mine.text.length
    mine.editing.typed(mine.text, mine.caret)
    mine.editing.composing(false)
    expect(mine.text).toBe('Van An: Eerste zin. Tweede zin.你')
    expect(mine.caret).toBe(mine.text.length)
  })

  test('fills a field that nobody touched yet, without the library', async () => {
    const mine = await field()
    mine.editing.stored(await byColleague(undefined, 'Dag.', 0))
    expect(mine.text).toBe('Dag.')
    expect(mine.standings).toEqual([])
  })
})

describe('a text that cannot be saved', () => {
  test.each(['full', 'failed'] as const)('stays, says why, and is tried again by itself (%s)', async (kind) => {
    const mine = await field()
    refusal = { kind }
    mine.type('Bewaar mij.')
    expect(await mine.editing.save()).toEqual({ kind })
    expect(mine.text).toBe('Bewaar mij.')
    expect(await note()).toBeUndefined()
    refusal = undefined
    expect(waiting).toHaveLength(1)
    waiting[0]!()
    await vi.waitFor(async () => expect((await note())?.t).toBe('Bewaar mij.'))
    await vi.waitFor(() => expect(mine.standings.at(-1)).toBe('clean'))
  })

  test('is one that is too long: it is kept in the field until it fits', async () => {
    const mine = await field()
    mine.type('x'.repeat(MAX_TEXT))
    expect(await mine.editing.save()).toEqual({ kind: 'clean' })
    mine.type('yz')
    expect(await mine.editing.save()).toEqual({ kind: 'tooLong', length: MAX_TEXT + 2 })
    expect((await note())?.t).toBe('x'.repeat(MAX_TEXT))
    mine.text = mine.text.slice(2)
    mine.caret = 0
    mine.editing.typed(mine.text, 0)
    expect(await mine.editing.save()).toEqual({ kind: 'clean' })
    expect((await note())?.t?.endsWith('yz')).toBe(true)
  })

  test('does not go unnoticed when what is typed goes on during the write', async () => {
    let release!: () => void
    const gate = new Promise<void>((resolve) => (release = resolve))
    const mine = new Field()
    mine.editing = editText({ write: async (value) => (await gate, write(value)), after }, mine, undefined)
    mine.type('Een.')
    const saved = mine.editing.save()
    await vi.waitFor(() => expect(mine.standings).toEqual(['unsaved']))
    await new Promise<void>((resolve) => queueMicrotask(resolve))
    mine.type(' Twee.')
    release()
    await saved
    expect(await mine.editing.save()).toEqual({ kind: 'clean' })
    expect((await note())?.t).toBe('Een. Twee.')
  })
})
