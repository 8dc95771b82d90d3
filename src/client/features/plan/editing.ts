/** What is open, gone or moved in the plan on this screen: nothing of it outlives a visit. */
import { reactive, ref, type InjectionKey } from 'vue'
import { problemOf } from '../../sync/saved.ts'
import type { Written } from '../../sync/mutate.ts'
import type { Client } from '../../sync/client.ts'
import { announce } from '../../ui/announce.ts'
import { moveFocus } from '../../ui/moveFocus.ts'
import { move, remove, restore, type Kind } from './actions.ts'

/** What was removed here and now: it keeps its place until it is put back or one leaves. */
export type Gone = { kind: Kind; id: string; order: number; title: string; goal: string | null }
type Entry = { id: string; order: number; title: string; goal?: string | null }

export type Editing = ReturnType<typeof useEditing>
export const editingKey: InjectionKey<Editing> = Symbol('editing of the plan')

export const elementOf = (id: string, part: 'toggle' | 'editor' | 'back' | 'up' | 'down'): string => `${id}-${part}`

export function useEditing(client: Client) {
  const open = reactive(new Set<string>())
  const gone = ref<Gone[]>([])
  const failed = ref<string>()
  let fresh: string | undefined

  async function done(written: Promise<Written>, words: string): Promise<boolean> {
    failed.value = problemOf(await written)
    announce(failed.value ?? words)
    return failed.value === undefined
  }

  return {
    open,
    gone,
    failed,
    done,
    /** For what was just made: it opens, and takes the focus as soon as it is drawn. */
    begin(id: string): void {
      open.add(id)
      fresh = id
    },
    /** Called by what has just been drawn. */
    drawn(id: string): void {
      if (fresh !== id) return
      fresh = undefined
      document.getElementById(elementOf(id, 'editor'))?.querySelector('input')?.focus()
    },
    async edit(id: string): Promise<void> {
      open.add(id)
      await moveFocus(elementOf(id, 'editor'))
    },
    async close(id: string): Promise<void> {
      open.delete(id)
      await moveFocus(elementOf(id, 'toggle'))
    },
    async remove(kind: Kind, { id, order, title, goal = null }: Entry): Promise<void> {
      if (!(await done(remove(client, kind, id), 'Verwijderd.'))) return
      open.delete(id)
      gone.value = [...gone.value.filter((other) => other.id !== id), { kind, id, order, title, goal }]
      await moveFocus(elementOf(id, 'back'))
    },
    async restore({ kind, id }: Gone): Promise<void> {
      if (!(await done(restore(client, kind, id), 'Teruggezet.'))) return
      gone.value = gone.value.filter((other) => other.id !== id)
      await moveFocus(elementOf(id, 'toggle'))
    },
    /** `rows`: those among which it moves, in their order. */
    async move(kind: Kind, rows: readonly Entry[], id: string, by: -1 | 1): Promise<void> {
      const to = rows.findIndex((row) => row.id === id) + by + 1
      if (!(await done(move(client, kind, rows, id, by), `Plaats ${to} van ${rows.length}.`))) return
      // At an end the button that was pressed is no longer there.
      const atEnd = to === 1 || to === rows.length
      await moveFocus(elementOf(id, (by < 0) === atEnd ? 'down' : 'up'))
    },
  }
}
