// @vitest-environment happy-dom
import { describe, expect, test, vi } from 'vitest'
import { device, give, NOW, offeredFiles, open, themeDay, type Screen } from './stage.ts'

const days = {
  ...themeDay('dag-een', 'IDAHOT', "from: '05-17'\nversion: 3\n"),
  ...themeDay('dag-twee', 'Zestien dagen', "from: '11-25'\nto: '12-10'\n"),
  ...themeDay('dag-drie', 'Nu bezig', "from: '11-15'\nto: '11-30'\n"),
  ...themeDay('dag-vier', 'Eindejaar', "from: '12-29'\nleadWeeks: 2\n"),
}

async function list(path = '/themadagen') {
  const client = await device()
  await give(client, days)
  const screen = await open(client, path)
  await screen.says('IDAHOT')
  return { client, screen }
}
const told = (screen: Screen, id: string) => screen.wrapper.get(`#${id}`).findAll('.day-when, .day-wait > *').map((part) => part.text().replaceAll('\u00a0', ' '))

describe('/themadagen', () => {
  test('comes in the order of the calendar, what asks for work first', async () => {
    const { screen } = await list()
    expect(screen.all('h2')).toEqual(['Begin nu', 'Later dit jaar', 'In 2027'])
    expect(screen.all('h3')).toEqual(['Nu bezig', 'Zestien dagen', 'Eindejaar', 'IDAHOT'])
  })

  test('writes out when it is, how long that still is and when to begin', async () => {
    const { screen } = await list()
    expect(told(screen, 'dag-drie')).toEqual(['Van zondag 15 november tot en met maandag 30 november', 'Nu bezig'])
    expect(told(screen, 'dag-twee')).toEqual(['Van woensdag 25 november tot en met donderdag 10 december', 'Begin nu', 'over 4 dagen'])
    expect(told(screen, 'dag-vier')).toEqual(['dinsdag 29 december', 'over 5 weken, begin eraan vanaf 15 december'])
    expect(told(screen, 'dag-een')).toEqual(['maandag 17 mei', 'over 25 weken, begin eraan vanaf 22 maart'])
  })

  test('follows the day when one looks at it again after midnight', async () => {
    const { client, screen } = await list()
    vi.spyOn(client.env, 'now').mockReturnValue(NOW + 4 * 86_400_000)
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.waitFor(() => expect(told(screen, 'dag-twee')).toContain('Nu bezig'))
  })

  test('goes into the own calendar with a reminder', async () => {
    const files = offeredFiles()
    const { screen } = await list()
    await screen.press('Zet in mijn agenda IDAHOT')
    await screen.press('Zet in mijn agenda Zestien dagen')
    expect(files.map(({ name }) => name)).toEqual(['dag-een.ics', 'dag-twee.ics'])
    const lines = (await files[0]!.text()).replaceAll('\r\n ', '').split('\r\n')
    expect(lines).toEqual(expect.arrayContaining(['UID:dag-een-2027@opstap', 'SEQUENCE:2', 'DTSTAMP:20261121T090000Z', 'DTSTART;VALUE=DATE:20270517', 'DTEND;VALUE=DATE:20270518', 'SUMMARY:IDAHOT', 'TRIGGER:-P55DT15H']))
    const description = lines.find((line) => line.startsWith('DESCRIPTION:Kort'))!
    expect(description).toContain('Actie-idee\\n- Hang een vlag uit\\; klaar\\, \\\\ af.')
    expect(description).toContain('/themadagen#dag-een')
    const soon = (await files[1]!.text()).replaceAll('\r\n ', '')
    expect(soon).toContain('DTSTART;VALUE=DATE:20261125\r\nDTEND;VALUE=DATE:20261211')
    expect(soon).toContain('TRIGGER:-P0DT15H')
  })

  test('opens the one that the address names', async () => {
    const { screen } = await list('/themadagen#dag-een')
    const details = screen.wrapper.get('#dag-een').get<HTMLDetailsElement>('details')
    await vi.waitFor(() => expect(details.element.open).toBe(true))
    expect(document.activeElement).toBe(details.get('summary').element)
  })
})
