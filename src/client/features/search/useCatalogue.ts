/** The catalogue as a screen follows it: anew when the content is updated, with the person's own notes kept in it. */
import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { live } from '../../db/live.ts'
import type { Client } from '../../sync/client.ts'
import { useObservable } from '../../ui/useObservable.ts'
import { openCatalogue, type Catalogue } from './catalogue.ts'
import { ownNotes, type OwnNote } from './own-notes.ts'

/** `missing`: the content is not whole on this device yet. */
export type Searchable = { kind: 'loading' } | { kind: 'missing' } | { kind: 'ready'; catalogue: Catalogue }

/** A first import may take so long before it is said that search has to wait for it; in milliseconds. */
const PATIENCE_MS = 4_000
/** For so long notes are read before the screen gets a turn again; in milliseconds. */
const SLICE_MS = 6

export function useCatalogue(client: Client): { searchable: Readonly<ShallowRef<Searchable>>; notes: Readonly<ShallowRef<ReadonlyMap<string, OwnNote>>> } {
  const { db, env } = client
  const searchable = shallowRef<Searchable>({ kind: 'loading' })
  const { value: pack } = useObservable(() => live(() => db.read('pack')))
  /** Empty until the content is whole. */
  const version = computed(() => pack.value?.version ?? '')
  let gone = false
  onScopeDispose(() => (gone = true))

  const open = async (wanted: string) => {
    if (wanted === '') return
    const opened = await openCatalogue(db, wanted).then((catalogue): Searchable => ({ kind: 'ready', catalogue }), missing)
    // The old one serves until the new one is there.
    if (!gone && wanted === version.value && !(opened.kind === 'missing' && searchable.value.kind === 'ready')) searchable.value = opened
  }
  watch(version, (wanted) => void open(wanted), { immediate: true })
  onScopeDispose(env.after(PATIENCE_MS, () => version.value === '' && (searchable.value = { kind: 'missing' })))

  return { searchable, notes: useNotes(client, searchable, () => gone) }
}

function missing(error: unknown): Searchable {
  console.warn(error)
  return { kind: 'missing' }
}

/** Only what changed is read again. `notes` holds what can be found by now. */
function useNotes(client: Client, searchable: ShallowRef<Searchable>, gone: () => boolean): ShallowRef<ReadonlyMap<string, OwnNote>> {
  const notes = shallowRef<ReadonlyMap<string, OwnNote>>(new Map())
  const { value: written } = useObservable(() => ownNotes(client))
  let round = 0

  watch([written, searchable], async ([now, state]) => {
    if (!now || state.kind !== 'ready') return
    const turn = (round += 1)
    const { engine } = state.catalogue
    const wanted = new Map(now.map((note) => [note.id, note]))
    for (const id of engine.notes.keys()) if (!wanted.has(id)) engine.forget(id)
    let until = performance.now() + SLICE_MS
    for (const { id, text } of now) {
      engine.note(id, text)
      if (performance.now() < until) continue
      await new Promise((resolve) => client.env.after(0, () => resolve(undefined)))
      // Something was written meanwhile: the round that knows it goes on.
      if (gone() || turn !== round) return
      until = performance.now() + SLICE_MS
    }
    notes.value = wanted
  })
  return notes
}
