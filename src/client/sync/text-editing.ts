/**
 * Binds a field of the screen to a long text: typing becomes small updates that are saved within a second, and what
 * colleagues type meanwhile appears in the field without moving the caret. A document is only ever built from the stored
 * state, never from plain text; the text library is loaded when the first field opens.
 */
import type { TextValue } from '../../domain/collection.ts'
import { MAX_TEXT } from '../../domain/row.ts'
import type { OpenText, Splice } from '../../protocol/text.ts'
import type { Environment } from './environment.ts'
import type { Written } from './mutate.ts'

/** A change is written at most this long after it was typed; in milliseconds. */
const SAVE_WITHIN_MS = 800
/** After a failure the next try comes by itself; in milliseconds. */
const TRY_AGAIN_MS = 5_000

/** Where the typed text stands. `tooLong` and the refusals of `Written` leave it in the field, unsaved. */
export type Standing = { kind: 'clean' } | { kind: 'unsaved' } | { kind: 'tooLong'; length: number } | Exclude<Written, { kind: 'written' }>

export type TextField = {
  /** Where the caret, or the two ends of what is selected, stand. */
  positions: () => readonly number[]
  /** The field must hold this text now, with its positions here. */
  show: (text: string, positions: readonly number[]) => void
  standing: (standing: Standing) => void
}

export type TextEditing = {
  /** The field has focus: typing may follow, so that the text library is fetched now. */
  focused: () => void
  /** The field holds `value`, with the caret at `caret`. */
  typed: (value: string, caret: number) => void
  /** The store holds `state`. */
  stored: (state: TextValue | undefined) => void
  /** While an input method composes a character or word, nothing is put into the field. */
  composing: (now: boolean) => void
  /** Writes what is unsaved now; resolves to where the text stands then. */
  save: () => Promise<Standing>
  /** The field is gone: what is unsaved is still written. */
  close: () => Promise<void>
}

type Options = { write: (value: TextValue) => Promise<Written>; after: Environment['after'] }

export function editText({ write, after }: Options, field: TextField, state: TextValue | undefined): TextEditing {
  /** The state that `content` came from, until the library is there. */
  let base = state
  let latest = state
  let content = state?.t ?? ''
  let open: OpenText | undefined
  let composes = false
  let closed = false
  let standing: Standing = { kind: 'clean' }
  let cancelTimer: (() => void) | undefined
  let saving: Promise<Standing> | undefined

  const opening = () =>
    import('../../protocol/text.ts').then(({ openText }) => {
      if (open) return open
      open = openText(base)
      follow(content.length)
      receive()
      return open
    })
  /** Brings the document to what the field holds. */
  function follow(caret: number): void {
    const change = open && spliceBetween(open.read(), content, caret)
    if (change) open!.splice(change)
  }

  function receive(): void {
    if (composes || !open || latest === base || latest === undefined) return
    base = latest
    const positions = open.receive(latest, field.positions())
    const merged = open.read()
    if (merged === content) return
    content = merged
    field.show(content, positions)
  }

  function stand(next: Standing): Standing {
    standing = next
    field.standing(next)
    return next
  }

  function plan(ms: number): void {
    cancelTimer ??= after(ms, () => void save())
  }

  function typed(value: string, caret: number): void {
    if (value === content) return
    content = value
    follow(caret)
    stand(value.length > MAX_TEXT ? { kind: 'tooLong', length: value.length } : { kind: 'unsaved' })
    plan(SAVE_WITHIN_MS)
  }

  /** One write at a time, in the order of typing. */
  async function save(): Promise<Standing> {
    cancelTimer?.()
    cancelTimer = undefined
    while (saving) await saving
    saving = writeUnsaved().finally(() => (saving = undefined))
    return saving
  }

  async function writeUnsaved(): Promise<Standing> {
    if (standing.kind === 'clean') return standing
    try {
      const unsettled = (open ?? (await opening())).unsettled()
      if (!unsettled) return stand({ kind: 'clean' })
      const { length } = unsettled.value.t ?? ''
      if (length > MAX_TEXT) return stand({ kind: 'tooLong', length })
      const written = await write(unsettled.value)
      if (written.kind !== 'written') return refused(written)
      unsettled.settle()
      if (open?.unsettled()) return stand({ kind: 'unsaved' })
      return stand({ kind: 'clean' })
    } catch (error) {
      reportOnly(error)
      return refused({ kind: 'failed' })
    }
  }

  function refused(why: Exclude<Written, { kind: 'written' }>): Standing {
    if (why.kind !== 'refused' && !closed) plan(TRY_AGAIN_MS)
    return stand(why)
  }

  return {
    focused: () => void opening().catch(reportOnly),
    typed,
    stored: (next) => {
      latest = next
      if (open) return receive()
      if (standing.kind !== 'clean') return
      base = next
      content = next?.t ?? ''
      field.show(content, field.positions())
    },
    composing: (now) => {
      composes = now
      receive()
    },
    save,
    close: async () => {
      closed = true
      await save()
      cancelTimer?.()
      open?.close()
    },
  }
}

const reportOnly = (error: unknown) => console.error(error)

/**
 * The smallest splice from one text to the other; the caret tells which of several equal letters it was. Never cuts a
 * character of two units (an emoji) in half.
 */
export function spliceBetween(before: string, now: string, caret: number): Splice | undefined {
  if (before === now) return undefined
  const shorter = Math.min(before.length, now.length)
  const behind = Math.min(now.length - caret, shorter)
  let end = 0
  while (end < behind && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1
  let start = 0
  while (start < shorter - end && before[start] === now[start]) start += 1
  while (end < shorter - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end += 1
  if (cutsCharacter(before, start) || cutsCharacter(now, start)) start -= 1
  if (cutsCharacter(before, before.length - end) || cutsCharacter(now, now.length - end)) end -= 1
  return { at: start, removed: before.length - end - start, inserted: now.slice(start, now.length - end) }
}

const cutsCharacter = (text: string, at: number) => /[\uD800-\uDBFF]/.test(text[at - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[at] ?? '')
