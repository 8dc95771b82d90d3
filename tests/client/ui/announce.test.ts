// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import { announce } from '../../../src/client/ui/announce.ts'
import LiveRegion from '../../../src/client/ui/LiveRegion.vue'

/** What a screen reader would say: every change of the region's text. */
async function heard(tell: () => void | Promise<void>): Promise<string[]> {
  const region = mount(LiveRegion)
  const said: string[] = []
  const element = region.get('[role=status]').element
  let before = element.textContent
  const listen = async () => {
    await nextTick()
    if (element.textContent !== before) said.push(element.textContent!.trim())
    before = element.textContent
  }
  const speak = { say: async (text: string, now: number) => (announce(text, now), listen()) }
  says = speak.say
  await tell()
  region.unmount()
  return said
}
let says: (text: string, now: number) => Promise<void>
let start = 0
beforeEach(() => {
  start += 1_000_000
})

test('a status that several places notice is said once', async () => {
  expect(
    await heard(async () => {
      await says('Alles verstuurd', start)
      await says('Alles verstuurd', start + 200)
      await says('Keuze nodig', start + 300)
    }),
  ).toEqual(['Alles verstuurd', 'Keuze nodig'])
})

test('the same status later is said again', async () => {
  expect(
    await heard(async () => {
      await says('Verwijderd', start)
      await says('Verwijderd', start + 10_000)
      await says('Verwijderd', start + 20_000)
    }),
  ).toEqual(['Verwijderd', 'Verwijderd', 'Verwijderd'])
})

test('the region is polite and read as a whole', () => {
  const region = mount(LiveRegion).get('[role=status]')
  expect(region.attributes()).toMatchObject({ 'aria-live': 'polite', 'aria-atomic': 'true' })
})
