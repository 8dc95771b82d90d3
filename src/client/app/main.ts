/** Puts the parts together in a real browser: store, client, routes, frame. */
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import '../ui/shell.css'
import '../ui/print.css'
import { createPinia } from 'pinia'
import { createApp, h } from 'vue'
import { createWebHistory } from 'vue-router'
import { itemOf } from '../db/content.ts'
import { OpstapDatabase } from '../db/database.ts'
import { browserEnvironment } from '../sync/browser.ts'
import { clientKey, createClient, type Client } from '../sync/client.ts'
import { breath } from '../ui/breath.ts'
import { definitionsKey, type Definition } from '../ui/definitions.ts'
import { firstScreen } from '../ui/first-screen.ts'
import { applyTheme } from '../ui/theme.ts'
import type { Answers } from './after-start.ts'
import App from './App.vue'
import { handleFailures } from './failures.ts'
import { keepInstallEvent } from './install-event.ts'
import { openDatabase } from './open-database.ts'
import { createAppRouter } from './router.ts'
import { useShellState } from './shell-state.ts'

applyTheme()
keepInstallEvent()
const db = new OpstapDatabase()
const opening = openDatabase(db)
const contentLoading = import('./content-loading.ts')

let answers: Answers | undefined
const app = createApp({
  render: () => h(App, { onUpdate: () => answers?.update(), onDecline: () => answers?.declineInstall() }),
})
app.use(createPinia())
const state = useShellState()
const router = createAppRouter(createWebHistory())
handleFailures(app, router, state)

async function start(): Promise<void> {
  const client = await openClient()
  // Beside the first screen, not after it: on a first visit the screen waits for this.
  const content = client && contentLoading.then(({ keepContentFresh }) => keepContentFresh(client)).catch(reportFault)
  await breath()
  app.use(router)
  // A first screen that does not come is shown as such (failures.ts); the frame stands in any case.
  await router.isReady().catch(() => undefined)
  await breath()
  await show()
  const { afterStart } = await import('./after-start.ts')
  answers = afterStart(client, state, content)
}

/** What was painted beforehand stays until the app's own first screen is whole: it takes its place in one frame. */
async function show(): Promise<void> {
  const place = document.createElement('div')
  const whole = firstScreen()
  app.mount(place)
  const tell = state.failure ? undefined : await whole
  const painted = document.getElementById('app')!
  place.id = painted.id
  painted.replaceWith(place)
  tell?.()
}

/** Null, with the reason on the screen, when this device's database cannot be opened; nothing is wiped. */
async function openClient(): Promise<Client | null> {
  const problem = await opening
  if (problem) {
    state.failure = { kind: 'store', message: problem.message }
    return null
  }
  const client = createClient(db, browserEnvironment())
  app.provide(clientKey, client)
  app.provide(definitionsKey, meaningOf)
  return client
}

/** A term of the glossary, shown where a text mentions it. */
async function meaningOf(id: string): Promise<Definition | undefined> {
  const term = await itemOf(db, 'term', id)
  return term && { title: term.title, summary: term.summary, html: term.sections.map(({ html }) => html).join('') }
}

/** Without its content the app still opens; a fault here is said where faults are looked for. */
function reportFault(error: unknown): void {
  console.error(error)
}

void start()
