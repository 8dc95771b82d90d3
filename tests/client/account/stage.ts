/** A device with a real store and a real client, a server of which the test says the answers, and one screen on it. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import 'fake-indexeddb/auto'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView, type Router } from 'vue-router'
import type { PersonId } from '../../../src/domain/ids.ts'
import { OpstapDatabase } from '../../../src/client/db/database.ts'
import { routes as account } from '../../../src/client/features/account/routes.ts'
import { routes as outbox } from '../../../src/client/features/outbox/routes.ts'
import { clientKey, createClient, type Client } from '../../../src/client/sync/client.ts'
import type { Environment, Transport } from '../../../src/client/sync/environment.ts'
import type { SessionView } from '../../../src/domain/session.ts'

/** Monday 12 May 2025, 10.00 in Brussels: long past, so that times are always told with their day. */
export const NOW = Date.UTC(2025, 4, 12, 8)

export const sessionOf = (person: string, more: Partial<SessionView> = {}): SessionView => ({
  person: { id: person as PersonId, email: `${person}@demo.example`, name: person.charAt(0).toUpperCase() + person.slice(1) },
  roles: [],
  teams: [],
  requests: [],
  ...more,
})
export const damme = (role: 'lead' | 'member' = 'lead') => ({ id: 'team-damme', nis: '31006', name: 'Damme', role })

/** A device without a connection for sync; `sync` gives it one. */
export async function device({ sync = async () => ({ kind: 'offline' }) }: { sync?: Transport['sync'] } = {}): Promise<Client> {
  let seed = 1
  const env: Environment = {
    now: () => NOW,
    random: (count) => Uint8Array.from({ length: count }, () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24),
    after: () => () => undefined,
    transport: { sync, session: async () => ({ kind: 'offline' }), listen: () => () => undefined },
    onWake: () => () => undefined,
    locks: null,
  }
  const client = createClient(new OpstapDatabase('opstap', { indexedDB: new IDBFactory(), IDBKeyRange }), env)
  await client.db.open()
  onTestFinished(() => client.stop())
  return client
}

export type Answers = Record<string, (body: any) => readonly [status: number, body: unknown] | 'offline'>

/** The server's routes as `POST /api/sign-in`; anything else has no connection. Returns what was asked. */
export function serve(answers: Answers): { asked: string[]; answers: Answers } {
  const served = { asked: [] as string[], answers }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const route = `${init.method ?? 'GET'} ${path}`
    served.asked.push(route)
    const answer = served.answers[route]?.(init.body === undefined ? undefined : JSON.parse(String(init.body))) ?? 'offline'
    if (answer === 'offline') throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(answer[1]), { status: answer[0] })
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  return served
}

export class Screen {
  constructor(
    readonly wrapper: VueWrapper,
    readonly router: Router,
  ) {}

  get text(): string {
    return (this.wrapper.element as HTMLElement).textContent!.replace(/\s+/g, ' ')
  }

  private named(selector: string, name: string): HTMLElement | undefined {
    return this.wrapper.findAll<HTMLElement>(selector).map(({ element }) => element).find((element) => nameOf(element) === name)
  }

  has = (role: 'button' | 'textbox' | 'link' | 'heading' | 'radio', name: string): boolean => this.named(roles[role], name) !== undefined

  private async get(role: keyof typeof roles, name: string): Promise<HTMLElement> {
    return vi.waitFor(() => {
      const element = this.named(roles[role], name)
      if (!element) throw new Error(`no ${role} “${name}” in: ${this.text}`)
      return element
    })
  }

  async press(name: string): Promise<void> {
    ;(await this.get('button', name)).click()
    await flushPromises()
  }

  async follow(name: string): Promise<void> {
    ;(await this.get('link', name)).click()
    await flushPromises()
  }

  async tick(name: string): Promise<void> {
    ;(await this.get('radio', name)).click()
    await flushPromises()
  }

  async field(name: string): Promise<HTMLInputElement> {
    return (await this.get('textbox', name)) as HTMLInputElement
  }

  async type(name: string, text: string): Promise<void> {
    const field = await this.field(name)
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await flushPromises()
  }
}

/** Waits until the screen says so. */
export async function expectText(screen: Screen, words: string): Promise<void> {
  await vi.waitFor(() => {
    if (!screen.text.includes(words)) throw new Error(`no “${words}” in: ${screen.text}`)
  })
}

const roles = {
  button: 'button',
  textbox: 'input:not([type=radio]):not([type=file]), textarea',
  link: 'a[href]',
  heading: 'h1, h2, h3',
  radio: 'input[type=radio]',
}

function nameOf(element: HTMLElement): string {
  const label = element.id ? element.ownerDocument.querySelector(`label[for="${element.id}"]`) : null
  const words = (label ?? element.closest('label') ?? element).cloneNode(true) as HTMLElement
  for (const hidden of words.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return words.textContent!.replace(/\s+/g, ' ').trim()
}

const blank = defineComponent({ render: () => h('p', 'elders') })

const screens = [...account, ...outbox]
// Loaded beforehand: a first load takes longer than a test waits.
await Promise.all(screens.map(({ component }) => (component as () => Promise<unknown>)()))

/** Opens a path of the app. */
export async function open(client: Client, path: string): Promise<Screen> {
  const others = ['/', '/starten', '/starten/:task', '/instrumenten/:guide'].map((other) => ({ path: other, component: blank, meta: { title: '' } }))
  const router = createRouter({ history: createMemoryHistory(), routes: [...screens, ...others] })
  await router.push(path)
  const wrapper = mount(defineComponent({ render: () => h('main', [h(RouterView)]) }), {
    attachTo: document.body,
    global: { plugins: [router], provide: { [clientKey as symbol]: client } },
  })
  onTestFinished(() => wrapper.unmount())
  await router.isReady()
  await flushPromises()
  return new Screen(wrapper, router)
}

/** What `saveFile` offered, as the text of the file. */
export function savedFiles(): string[] {
  const files: string[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    void (blob as Blob).text().then((text) => files.push(text))
    return 'blob:opstap'
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => undefined)
  onTestFinished(() => void vi.restoreAllMocks())
  return files
}
