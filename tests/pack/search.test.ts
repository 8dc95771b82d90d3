/** The index that is built with the app, and what it finds: in the real content, with the code that runs on the phone. */
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import { stemmer } from '@orama/stemmers/dutch'
import { describe, expect, it } from 'vitest'
import type { PackedItem } from '../../src/domain/content.ts'
import type { PackShard } from '../../src/domain/pack.ts'
import type { SearchPart } from '../../src/domain/search-index.ts'
import { compile } from '../../src/pack/compile.ts'
import { problemLine } from '../../src/pack/problem.ts'
import { buildSearch } from '../../src/pack/search-index.ts'
import type { ShardFile } from '../../src/pack/shards.ts'
import { readSynonyms } from '../../src/pack/synonyms.ts'
import { assemble } from '../../src/client/features/search/assembly.ts'
import { createEngine } from '../../src/client/features/search/engine.ts'
import { namesOf } from '../../src/client/features/search/results.ts'
import { changed, contentFolder } from './content-folder.ts'
import { questions } from './search-questions.ts'

type ContentItem = Exclude<PackedItem, { kind: 'municipality' }>

/** The parts of the index, as they travel. */
const partsIn = (shards: readonly ShardFile[]) => shards.flatMap(({ text }) => (JSON.parse(text) as PackShard).search ?? []).map((part) => JSON.parse(part) as SearchPart)

/** Searches in these items as the screen does, with every kind shown. */
async function searching(parts: readonly SearchPart[], items: readonly PackedItem[]) {
  const engine = await createEngine(await assemble(parts), stemmer)
  const byId = new Map(items.flatMap((item) => (item.kind === 'municipality' ? [] : [[item.id, item] as const])))
  const kindOf = (id: string) => {
    const [item, section] = id.split('#')
    const found = byId.get(item!)
    return found && (section === undefined ? found.kind : 'chapter')
  }
  const named = (id: string) => {
    const item = byId.get(id)
    return item ? namesOf(item) : []
  }
  const found = (typed: string) => engine.find(engine.read(typed), kindOf, named)
  return Object.assign((typed: string) => found(typed).map(({ id }) => id), { found })
}

const { items, shards } = compile(fileURLToPath(new URL('../../src/content', import.meta.url)))
const find = await searching(partsIn(shards), items)
const content = items.filter((item): item is ContentItem => item.kind !== 'municipality')

describe('what people ask', () => {
  it.each(questions)('%s', (typed, ...right) => {
    const known = new Set(content.flatMap((item) => [item.id, ...item.sections.map(({ id }) => `${item.id}#${id}`)]))
    expect(right.filter((id) => !known.has(id)), 'expected items that are not there').toEqual([])
    const first = find(typed).slice(0, 3)
    expect(first.some((id) => right.includes(id)), `first: ${first.join(', ')}`).toBe(true)
  })

  it('is asked in at least forty ways', () => {
    expect(new Set(questions.map(([typed]) => typed)).size).toBeGreaterThanOrEqual(40)
  })

  it('is answered by the item itself when its title is typed: links in texts lead here', () => {
    const lost = content.filter(({ id, title }) => !find(title).slice(0, 3).includes(id))
    expect(lost.map(({ title }) => title)).toEqual([])
  })

  it('needs no more than the beginning of a word', () => {
    for (const beginning of ['toegank', 'toegankelijkhe', 'intersec', 'ervaringsdesk', 'menstru']) {
      expect(find(beginning).length, beginning).toBeGreaterThan(0)
    }
    expect(find('omstaanderstr').slice(0, 3)).toContain('omstaanderstraining')
  })

  it('finds a guide and its chapters as separate finds', () => {
    expect(find('lio vlaanderen weerstand')).toEqual(expect.arrayContaining(['lio-vlaanderen#weerstand']))
    expect(find('Lio.Vlaanderen')[0]).toBe('lio-vlaanderen')
  })

  it('finds nothing where there is nothing', () => {
    expect(find('xylofoon')).toEqual([])
    expect(find('')).toEqual([])
    expect(find('wat is dat')).toEqual([])
    expect(find('!?')).toEqual([])
  })

  it('forgives one slip in a short word, two in a long one, and no more', () => {
    expect(find('schepne').length).toBeGreaterThan(0)
    expect(find('schpne')).toEqual([])
    expect(find('tegankelijkhied').slice(0, 3)).toContain('begrip-integrale-toegankelijkheid')
  })
})

describe('the index', () => {
  const build = (replaced: Record<string, string> = {}) => compile(contentFolder(replaced))

  it('has the same parts for the same content, in whatever order', () => {
    const { items: some, shards: first } = build()
    const part = partsIn(first).find(({ synonyms }) => synonyms)
    const parts = (list: readonly PackedItem[]) => buildSearch(list, part!.synonyms!, ({ kind }) => kind)
    expect(parts(some.toReversed())).toEqual(parts(some))
  })

  it('is one index, however it is divided over the shards', async () => {
    const parts = partsIn(shards)
    const [synonyms] = parts.flatMap((part) => part.synonyms ?? [])
    const whole = await searching([...buildSearch(items, synonyms!, () => 'search').values()], items)
    expect(parts.length).toBeGreaterThan(15)
    for (const [typed] of questions) {
      const near = (found: ReturnType<typeof whole.found>) => found.map(({ id, score }) => [id, score.toPrecision(9)])
      expect(near(find.found(typed)).toSorted(), typed).toEqual(near(whole.found(typed)).toSorted())
    }
  })

  it('cannot be put together as long as a part of it is missing', async () => {
    await expect(assemble(partsIn(shards).filter(({ synonyms }) => !synonyms))).rejects.toThrow(/not all there/)
  })

  it('changes only where the content changed, and with the words that editors give', () => {
    const before = build()
    const changedIn = (replaced: Record<string, string>) => {
      const after = build(replaced)
      expect(after.index.version).not.toBe(before.index.version)
      return after.index.shards.filter(({ hash }, at) => hash !== before.index.shards[at]!.hash).map(({ name }) => name)
    }
    expect(changedIn({ 'guides/gids-een.md': changed('guides/gids-een.md', 'Vraag een zaal.', 'Vraag een ruime zaal.') })).toEqual(['guide-gids-een'])
    expect(changedIn({ 'synonyms.yaml': changed('synonyms.yaml', 'handicap, beperking', 'handicap, invaliditeit') })).toEqual(['search'])
  })

  it('knows what lies in a worksheet, in the chapter where it stands', async () => {
    const { items: some, shards: built } = build()
    const among = await searching(partsIn(built), some)
    expect(among('hoe vaak')[0]).toBe('gids-een#voorbereiden')
    expect(among('samen opvolgen')[0]).toBe('gids-een#opvolgen')
  })

  it('knows a theme day by its date', async () => {
    const { items: some, shards: built } = build()
    expect((await searching(partsIn(built), some))('17 mei')[0]).toBe('dag-een')
  })

  it('travels, with all content, in 1.2 MB', () => {
    const sizes = shards.map(({ text }) => gzipSync(text).length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(1_200_000)
  })
})

describe('the words that editors give', () => {
  const problems = (text: string) => readSynonyms(text).problems.map(problemLine)
  const sound = 'forms: { zalen: zaal }\nsame: [[handicap, beperking]]\nleadsTo: { rolstoel: [handicap] }\ncues: { figure: [hoeveel] }\n'

  it('are read', () => {
    expect(readSynonyms(sound)).toMatchObject({ synonyms: { forms: { zalen: 'zaal' }, same: [['handicap', 'beperking']] }, problems: [] })
  })

  it.each([
    [sound.replace('same', 'zelfde'), 'synonyms.yaml: zelfde: onbekende sleutel "zelfde".'],
    [sound.replace('[[handicap, beperking]]', '[[handicap]]'), 'synonyms.yaml: same[0]:'],
    [sound.replace('beperking', 'Handicap'), 'synonyms.yaml: same[0]: "handicap" staat er twee keer'],
    [sound.replace('[handicap] }\ncues', '[rolstoel] }\ncues'), 'synonyms.yaml: leadsTo.rolstoel: "rolstoel" staat er twee keer'],
    [sound.replace('figure', 'cijfer'), 'synonyms.yaml: cues'],
    ['forms: [', 'synonyms.yaml: regel 1: geen geldige YAML'],
  ])('stop the build when they are wrong: %#', (text, told) => {
    const found = problems(text)
    expect(found.some((line) => line.startsWith(told)), found.join('\n')).toBe(true)
  })

  it('must be there', () => {
    const folder = contentFolder({ 'synonyms.yaml': 'same: []' })
    expect(compile(folder).problems.map(problemLine)).toEqual(expect.arrayContaining(['synonyms.yaml: forms: ontbreekt']))
  })

  it('help in the whole content: every word of a list finds what the others find', () => {
    for (const [one, other] of [['holebi', 'regenboog'], ['beperking', 'handicap'], ['smjp', 'meerjarenplan'], ['managementteam', 'MAT'], ['kruispuntdenken', 'intersectionaliteit'], ['toelage', 'subsidie']]) {
      const [first, second] = [find(one!).slice(0, 10), find(other!).slice(0, 10)]
      expect(first.filter((id) => second.includes(id)).length, `${one} and ${other}`).toBeGreaterThanOrEqual(3)
    }
  })
})
