// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { device, figure, give, offer, open, practice, themeDay, themePage } from './stage.ts'

const many = Object.assign({}, ...Array.from({ length: 7 }, (_, index) => practice(`praktijk-g${index}`, `Praktijk ${index}`, { themes: 'gender' })))

async function hub(links: string) {
  const client = await device()
  await give(client, {
    ...themePage('lokaal-genderbeleid', 'Lokaal genderbeleid', 'gender', links),
    ...many,
    ...figure('cijfer-g', 'Over gender?', 'subject: beleid\nunit: percent\nn: 53\nrows:\n  - { label: Ja, value: 12 }\n'),
    ...offer('aanbod-g', 'Vrouwenhuis'),
    ...themeDay('dag-g', 'Vrouwendag', "from: '03-08'\n"),
    ...practice('praktijk-elders', 'Over iets anders', { themes: 'handicap' }),
  })
  const screen = await open(client, '/themas/lokaal-genderbeleid')
  await screen.says('Waarover gaat het')
  return screen
}

describe('/themas', () => {
  test('names the themes', async () => {
    const client = await device()
    await give(client, themePage('lokaal-genderbeleid', 'Lokaal genderbeleid', 'gender', 'gids-een'))
    const screen = await open(client, '/themas')
    expect((await screen.get('a', 'Lokaal genderbeleid')).getAttribute('href')).toBe('/themas/lokaal-genderbeleid')
  })
})

describe('/themas/:theme', () => {
  test('gathers everything about the theme under its kind, and nothing that is about all themes', async () => {
    const screen = await hub('gids-een')
    expect(screen.all('h2')).toEqual(['Waarover gaat het', 'Waarom in een kleine gemeente', 'Waar begin je', 'Instrumenten', 'Cijfers', 'Zo deden andere besturen het', 'Wie kan helpen', 'Themadagen', 'Bronnen'])
    expect(screen.text).not.toContain('Over iets anders')
    expect(screen.text).not.toContain('Titel van praktijk-een')
    const places = screen.wrapper.findAll('.hub-group a').map((link) => link.attributes('href'))
    expect(places).toEqual(expect.arrayContaining(['/instrumenten/gids-een', '/cijfers/cijfer-g', '/praktijken/praktijk-g0', '/aanbod#aanbod-g', '/themadagen#dag-g']))
    expect(screen.all('.hub-outline a')).toEqual(['Instrumenten (1)', 'Cijfers (1)', 'Zo deden andere besturen het (7)', 'Wie kan helpen (1)', 'Themadagen (1)'])
  })

  test('puts first what the page itself names, and the rest within reach', async () => {
    const screen = await hub('praktijk-g6, taak-een')
    const group = screen.wrapper.findAll('.hub-group').find((each) => each.get('h2').text() === 'Zo deden andere besturen het')!
    const at = (selector: string) => group.findAll(selector).map((link) => link.text())
    expect(at(':scope > ul .task-row-link')).toEqual(['Praktijk 6', 'Praktijk 0', 'Praktijk 1', 'Praktijk 2', 'Praktijk 3'])
    expect(at('details .task-row-link')).toEqual(['Praktijk 4', 'Praktijk 5'])
    expect(group.get('summary').text()).toBe('Nog 2 Zo deden andere besturen het')
    expect(screen.all('.hub-outline a')[0]).toBe('Op je starterspad (1)')
  })

  test('says so when there is no such theme', async () => {
    const client = await device()
    await give(client)
    await (await open(client, '/themas/weg')).says('Dit thema bestaat niet (meer)')
  })
})
