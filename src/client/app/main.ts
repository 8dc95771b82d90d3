/** Puts the parts together in a real browser: store, client, routes, frame. */
import '../ui/fonts.css'
import '../ui/tokens.css'
import '../ui/base.css'
import '../ui/controls.css'
import '../ui/shell.css'
import { createPinia } from 'pinia'
import { createApp, h } from 'vue'
import { createWebHistory } from 'vue-router'
import { OpstapDatabase, openProblem } from '../db/database.ts'
import { browserEnvironment } from '../sync/browser.ts'
import { clientKey, createClient, type Client } from '../sync/client.ts'
import { applyTheme } from '../ui/theme.ts'
import type { Answers } from './after-start.ts'
import App from './App.vue'
import { handleFailures } from './failures.ts'
import { keepInstallEvent } from './install-event.ts'
import { createAppRouter } from './router.ts'
import { useShellState } from './shell-state.ts'

applyTheme()
keepInstallEvent()
const db = new OpstapDatabase()
const opening = db.open().then(() => null, openProblem)

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
  app.use(router)
  // A first screen that does not come is shown as such (failures.ts); the frame stands in any case.
  await router.isReady().catch(() => undefined)
  app.mount('#app')
  const { afterStart } = await import('./after-start.ts')
  answers = afterStart(client, state)
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
  return client
}

void start()
