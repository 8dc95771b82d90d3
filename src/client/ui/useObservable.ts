import { onScopeDispose, onServerPrefetch, shallowReadonly, shallowRef, type ShallowRef } from 'vue'
import { beginWaiting } from './first-screen.ts'

/** The shape of a live query: whoever makes one, this folder needs no more of it than `subscribe`. */
export type Observable<T> = {
  subscribe(next: (value: T) => void, failed?: (error: unknown) => void): { unsubscribe(): void }
}

export type Observed<T> = {
  /** Undefined until the first answer. */
  value: Readonly<ShallowRef<T | undefined>>
  /** What went wrong with the query, else undefined. */
  error: Readonly<ShallowRef<unknown>>
}

/** Follows an observable for as long as the component lives. */
export function useObservable<T>(make: () => Observable<T>): Observed<T> {
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  const endWaiting = beginWaiting()
  let answer: (() => void) | undefined
  const answered = import.meta.env.SSR ? new Promise<void>((resolve) => (answer = resolve)) : undefined
  const arrive = () => {
    endWaiting()
    answer?.()
  }
  const subscription = make().subscribe(
    (next) => {
      value.value = next
      error.value = undefined
      arrive()
    },
    (reason) => {
      error.value = reason
      arrive()
    },
  )
  onScopeDispose(() => {
    subscription.unsubscribe()
    endWaiting()
  })
  // A page that is painted beforehand is drawn with what it shows.
  if (answered) onServerPrefetch(() => answered)
  // Shallow: what was read may be written again, and the store takes no proxies.
  return { value: shallowReadonly(value) as Readonly<ShallowRef<T | undefined>>, error: shallowReadonly(error) as Readonly<ShallowRef<unknown>> }
}
