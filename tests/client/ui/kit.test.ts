// @vitest-environment happy-dom
import { enableAutoUnmount } from '@vue/test-utils'
import { nextTick } from 'vue'
import { afterEach, describe, expect, test } from 'vitest'
import AppButton from '../../../src/client/ui/AppButton.vue'
import { wantHeadingFocus } from '../../../src/client/ui/headingFocus.ts'
import PageHeader from '../../../src/client/ui/PageHeader.vue'
import RouteStop from '../../../src/client/ui/RouteStop.vue'
import RouteStrip from '../../../src/client/ui/RouteStrip.vue'
import SavedLine from '../../../src/client/ui/SavedLine.vue'
import StatusTag from '../../../src/client/ui/StatusTag.vue'
import SyncChip from '../../../src/client/ui/SyncChip.vue'
import TaskRow from '../../../src/client/ui/TaskRow.vue'
import { mountAt, named } from './mounting.ts'

enableAutoUnmount(afterEach)

describe('AppButton', () => {
  test('is no submit button unless asked', async () => {
    expect((await mountAt(AppButton)).attributes('type')).toBe('button')
    expect((await mountAt(AppButton, { props: { type: 'submit' } })).attributes('type')).toBe('submit')
  })

  test('while busy it keeps its place and focus but takes no click, nor submits', async () => {
    const button = await mountAt(AppButton, { props: { busy: true, type: 'submit' } })
    const click = new MouseEvent('click', { cancelable: true, bubbles: true })
    button.element.dispatchEvent(click)
    expect(click.defaultPrevented).toBe(true)
    expect(button.emitted('click')).toBeUndefined()
    expect(button.attributes('disabled')).toBeUndefined()
    await button.setProps({ busy: false })
    await button.trigger('click')
    expect(button.emitted('click')).toHaveLength(1)
  })
})

describe('TaskRow', () => {
  test('the link is named by the title alone and described by its hint, status and facts', async () => {
    const row = await mountAt(TaskRow, { props: { to: '/starten/x', title: 'Lees het bestuursakkoord', hint: 'Zoek drie zinnen.', status: { words: 'Bezig', tone: 'active' }, facts: '45 min' } })
    const link = row.get('a')
    expect(link.text()).toBe('Lees het bestuursakkoord')
    expect(link.attributes('href')).toBe('/starten/x')
    expect(named(link.attributes('aria-describedby'))).toBe('Zoek drie zinnen. | Bezig 45 min')
  })

  test('a description never points at something that is not there', async () => {
    const row = await mountAt(TaskRow, { props: { to: '/starten/x', title: 'Lees', status: { words: 'Bezig', tone: 'active' } } })
    expect(named(row.get('a').attributes('aria-describedby'))).toBe('Bezig')
    await row.setProps({ status: undefined })
    expect(row.get('a').attributes('aria-describedby')).toBeUndefined()
  })

  test('a task that cannot start yet is no link and says why', async () => {
    const row = await mountAt(TaskRow, { props: { title: 'Leg tijd vast', hint: 'Rond eerst het gesprek af.', status: { words: 'Kan nog niet', tone: 'blocked' } } })
    expect(row.find('a').exists()).toBe(false)
    expect(row.text()).toContain('Rond eerst het gesprek af.')
  })
})

test('a status is said in words; its icon is not read aloud', async () => {
  const tag = await mountAt(StatusTag, { props: { words: 'Afgerond', tone: 'done' } })
  expect(tag.text()).toBe('Afgerond')
  expect(tag.get('svg').attributes('aria-hidden')).toBe('true')
})

test('the drawing of the route is not read aloud; each kind of stop looks different', async () => {
  const stops = await Promise.all((['open', 'here', 'done', 'skipped', 'blocked'] as const).map((state) => mountAt(RouteStop, { props: { state } })))
  expect(new Set(stops.map((stop) => stop.classes().join())).size).toBe(5)
  for (const stop of stops) expect(stop.get('.route-mark').attributes('aria-hidden')).toBe('true')
  const strip = await mountAt(RouteStrip, { props: { stops: ['done', 'here', 'open'], words: '1 van 3 afgerond' } })
  expect(strip.findAll('.strip-stop')).toHaveLength(3)
  expect(strip.text()).toBe('1 van 3 afgerond')
})

test('the chip is a link to the outbox that says the status and nothing else', async () => {
  const chip = await mountAt(SyncChip, { props: { words: '3 wachten op verbinding', tone: 'waiting' } })
  expect(chip.attributes('href')).toBe('/wachtrij')
  expect(chip.text()).toBe('3 wachten op verbinding')
})

describe('PageHeader', () => {
  test('is the one h1 and the name of the page, also when it changes', async () => {
    const header = await mountAt(PageHeader, { props: { title: 'Lees het bestuursakkoord' } })
    expect(header.findAll('h1')).toHaveLength(1)
    expect(document.title).toBe('Lees het bestuursakkoord – Opstap')
    await header.setProps({ title: 'Vandaag' })
    expect(document.title).toBe('Vandaag – Opstap')
    await header.setProps({ pageTitle: 'Korter' })
    expect(document.title).toBe('Korter – Opstap')
  })

  test('takes focus only when someone navigated, and only once', async () => {
    const first = await mountAt(PageHeader, { props: { title: 'Eerste' } })
    expect(document.activeElement).toBe(document.body)
    first.unmount()
    wantHeadingFocus()
    const later = await mountAt(PageHeader, { props: { title: 'Later' } })
    expect(document.activeElement).toBe(later.get('h1').element)
    ;(document.activeElement as HTMLElement).blur()
    await mountAt(PageHeader, { props: { title: 'Nog een' } })
    expect(document.activeElement).toBe(document.body)
  })
})

describe('SavedLine', () => {
  const at = (time: string) => new Date(`${new Date().toISOString().slice(0, 10)}T${time}:00.000Z`).getTime()

  test('says nothing before anything is committed', async () => {
    expect((await mountAt(SavedLine)).text()).toBe('')
  })

  test('on this device first, safe once the server said so; a failure before all else', async () => {
    const line = await mountAt(SavedLine, { props: { savedAt: at('12:32') } })
    expect(line.text()).toMatch(/^Bewaard op dit toestel om 1[34]\.32$/)
    await line.setProps({ safeAt: at('12:33') })
    expect(line.text()).toMatch(/^Veilig op de server om 1[34]\.33$/)
    await line.setProps({ saving: true })
    expect(line.text()).toBe('Wordt bewaard op dit toestel')
    await line.setProps({ failed: 'Niet bewaard: het toestel is vol.' })
    expect(line.text()).toBe('Niet bewaard: het toestel is vol.')
    await nextTick()
  })
})
