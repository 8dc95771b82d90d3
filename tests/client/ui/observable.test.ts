import { effectScope } from 'vue'
import { expect, test } from 'vitest'
import { useObservable, type Observable } from '../../../src/client/ui/useObservable.ts'
import { hasUncommitted, beginUncommitted, useUncommitted } from '../../../src/client/ui/uncommitted.ts'
import { ref } from 'vue'

function source() {
  const open = new Set<{ next: (value: string) => void; failed: ((error: unknown) => void) | undefined }>()
  const observable: Observable<string> = {
    subscribe(next, failed) {
      const entry = { next, failed }
      open.add(entry)
      return { unsubscribe: () => void open.delete(entry) }
    },
  }
  return { observable, open, emit: (value: string) => open.forEach(({ next }) => next(value)), fail: (error: unknown) => open.forEach(({ failed }) => failed?.(error)) }
}

test('follows the values, tells a failure and recovers, and lets go with its component', () => {
  const { observable, open, emit, fail } = source()
  const scope = effectScope()
  const { value, error } = scope.run(() => useObservable(() => observable))!
  expect(value.value).toBeUndefined()
  emit('een')
  expect(value.value).toBe('een')
  fail(new Error('kapot'))
  expect(error.value).toBeInstanceOf(Error)
  expect(value.value).toBe('een')
  emit('twee')
  expect([value.value, error.value]).toEqual(['twee', undefined])
  scope.stop()
  expect(open.size).toBe(0)
})

test('something is uncommitted from its beginning to its end, however often it ends', () => {
  const first = beginUncommitted()
  const second = beginUncommitted()
  first()
  first()
  expect(hasUncommitted()).toBe(true)
  second()
  expect(hasUncommitted()).toBe(false)
})

test('a component that goes away no longer holds anything up', () => {
  const pending = ref(false)
  const scope = effectScope()
  scope.run(() => useUncommitted(pending))
  expect(hasUncommitted()).toBe(false)
  pending.value = true
  expect(hasUncommitted()).toBe(true)
  pending.value = false
  pending.value = true
  scope.stop()
  expect(hasUncommitted()).toBe(false)
})
