import { onScopeDispose, shallowReadonly, shallowRef, type ShallowRef } from 'vue'

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
  const subscription = make().subscribe(
    (next) => {
      value.value = next
      error.value = undefined
    },
    (reason) => {
      error.value = reason
    },
  )
  onScopeDispose(() => subscription.unsubscribe())
  // Shallow: what was read may be written again, and the store takes no proxies.
  return { value: shallowReadonly(value) as Readonly<ShallowRef<T | undefined>>, error: shallowReadonly(error) as Readonly<ShallowRef<unknown>> }
}
