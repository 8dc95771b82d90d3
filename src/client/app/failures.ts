/** What becomes of an exception that nobody caught: a bug. Said calmly; the work on the device is not touched. */
import type { App } from 'vue'
import type { Router } from 'vue-router'
import type { useShellState } from './shell-state.ts'

type ShellState = ReturnType<typeof useShellState>

/**
 * Where Vue was (`ErrorTypeStrings` of @vue/runtime-core: words in development, in production only a number or a letter at
 * the end of an address). A fault in one of these leaves no usable screen.
 */
const SCREEN_BREAKERS = /^(setup function|render function|(created|beforeMount|mounted|beforeUpdate) hook|updated|component update|async component loader|scheduler flush)$|#runtime-(0|1|13|14|15|c|bm|m|bu|u)$/

export function handleFailures(app: App, router: Router, state: ShellState): void {
  app.config.errorHandler = (error, _instance, info) => {
    console.error(error)
    if (isLoadFailure(error)) state.failure = { kind: 'part', path: router.currentRoute.value.fullPath }
    else if (SCREEN_BREAKERS.test(info)) state.failure = { kind: 'crash' }
    else state.mishap = true
  }
  // Going elsewhere is a new start, except without a store: no screen works then.
  router.afterEach((_to, _from, stopped) => {
    if (!stopped && state.failure?.kind !== 'store') state.failure = null
  })
  router.onError((error, to) => {
    console.error(error)
    state.failure = isLoadFailure(error) ? { kind: 'part', path: to.fullPath } : { kind: 'crash' }
  })
}

/** A part of the app did not come: offline before it was cached, or of a version that the server no longer has. */
export const isLoadFailure = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script failed|unable to preload/i.test(error.message)
