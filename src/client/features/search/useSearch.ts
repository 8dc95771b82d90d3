/** Asks the searcher beside the page, and follows what it answers. */
import { proxy, wrap, type Remote } from 'comlink'
import { computed, inject, onMounted, onScopeDispose, shallowRef, watch, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { Client } from '../../sync/client.ts'
import type { Answer, Question, Searcher, Standing } from './searcher.ts'

/** `turn` goes up whenever the same question may have another answer. */
type State = { standing: Standing; turn: number }
type Connection = { searcher: Remote<Searcher>; state: Readonly<ShallowRef<State>> }

/** Where the searcher of a client runs: in a worker, unless a test says otherwise. */
export const searcherKey: InjectionKey<(client: Client) => Remote<Searcher>> = Symbol('searcher')

/** One for as long as the page lives: who comes back to search finds it as it was. */
const connections = new WeakMap<Client, Connection>()

function connect(client: Client, start: (client: Client, failed: () => void) => Remote<Searcher>): Connection {
  const known = connections.get(client)
  if (known) return known
  const state = shallowRef<State>({ standing: 'loading', turn: 0 })
  const tell = (standing: Standing) => (state.value = { standing, turn: state.value.turn + 1 })
  const searcher = start(client, () => tell('missing'))
  void searcher.follow(proxy(tell))
  const connection = { searcher, state }
  connections.set(client, connection)
  return connection
}

function inWorker(_client: Client, failed: () => void): Remote<Searcher> {
  const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('error', failed)
  return wrap<Searcher>(worker)
}

/**
 * `answer` is for a moment still that of the question before; undefined where there was none. `settled` waits until the question
 * that stands there has its own.
 */
export function useSearch(client: Client, question: ComputedRef<Question | null>): { standing: ComputedRef<Standing>; answer: Readonly<ShallowRef<Answer | undefined>>; settled: () => Promise<void> } {
  const start = inject(searcherKey, () => inWorker, true)
  const connection = shallowRef<Connection>()
  const answer = shallowRef<Answer>()
  let asking: Promise<void> | undefined
  let gone = false

  /** One question at a time: of what is typed while it is under way only the last counts. */
  async function ask({ searcher, state }: Connection): Promise<void> {
    try {
      for (let asked: Question | undefined, turn = -1; !gone && question.value && (asked !== question.value || turn !== state.value.turn); ) {
        asked = question.value
        turn = state.value.turn
        const given = await searcher.answer(asked)
        if (given && asked === question.value) answer.value = given
      }
    } catch (error) {
      console.warn(error)
    } finally {
      asking = undefined
    }
  }

  // Not before there is a page: one that is painted beforehand asks nothing.
  onMounted(() => (connection.value = connect(client, start)))
  onScopeDispose(() => (gone = true))
  watch([question, () => connection.value?.state.value], ([wanted]) => {
    if (!wanted) answer.value = undefined
    else if (connection.value) asking ??= ask(connection.value)
  })

  return { standing: computed(() => connection.value?.state.value.standing ?? 'loading'), answer, settled: async () => asking }
}
