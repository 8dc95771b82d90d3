/** What must hold of the content that ships. */
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { PackedKind, PackedItem } from '../../src/domain/content.ts'
import type { Worksheet } from '../../src/domain/worksheet.ts'
import { compile } from '../../src/pack/compile.ts'
import { blocksOf, heavyItems, MEAN_SENTENCE_WORDS, meanWords, sentencesOf } from '../../src/pack/language.ts'
import { problemLine } from '../../src/pack/problem.ts'

const { items, index, problems } = compile(fileURLToPath(new URL('../../src/content', import.meta.url)))

function ofKind<K extends PackedKind>(kind: K): Extract<PackedItem, { kind: K }>[] {
  return items.filter((item): item is Extract<PackedItem, { kind: K }> => item.kind === kind)
}

describe('the content', () => {
  it('is free of problems', () => {
    expect(problems.map(problemLine)).toEqual([])
  })

  it('holds at least 8 phases and 48 tasks, each phase with tasks and each task with a link', () => {
    expect(ofKind('phase').length).toBeGreaterThanOrEqual(8)
    expect(ofKind('task').length).toBeGreaterThanOrEqual(48)
    expect(ofKind('task').filter(({ links }) => links.length === 0)).toEqual([])
    const peopled = new Set(ofKind('task').map(({ phase }) => phase))
    expect(ofKind('phase').filter(({ id }) => !peopled.has(id))).toEqual([])
  })

  it('is read in sentences of 15 words or fewer on average, in every item', () => {
    expect(heavyItems(items)).toEqual([])
    expect(meanWords(items.flatMap(sentencesOf))).toBeLessThanOrEqual(MEAN_SENTENCE_WORDS)
  })
})

describe('the guides', () => {
  const words = (html: string) => blocksOf(html).join(' ').split(/\s+/).length
  const rowsInto = ({ fields }: Worksheet) => fields.filter((field) => field.kind === 'rows' && field.intoActionPlan)

  it('are the two instruments and at least nine shorter ones', () => {
    expect(ofKind('guide').filter(({ guideType }) => guideType === 'instrument').map(({ id }) => id)).toEqual(['lio-vlaanderen', 'thuisgevoel-in-vlaanderen'])
    expect(ofKind('guide').filter(({ guideType }) => guideType === 'shorter').length).toBeGreaterThanOrEqual(9)
  })

  it('have chapters that fit a phone, each with an anchor of its own in the text', () => {
    const odd = ofKind('guide').flatMap(({ id, sections }) => sections.filter(({ html }) => words(html) > 250).map((section) => `${id} ${section.id}`))
    expect(odd).toEqual([])
    const [lio, thuisgevoel] = ['lio-vlaanderen', 'thuisgevoel-in-vlaanderen'].map((id) => ofKind('guide').find((guide) => guide.id === id)!)
    expect(lio!.sections.length).toBeGreaterThanOrEqual(8)
    expect(lio!.worksheets.length).toBeGreaterThanOrEqual(5)
    expect(thuisgevoel!.topics!.map(({ title }) => title)).toHaveLength(6)
    expect(thuisgevoel!.worksheets.filter(({ perTheme }) => perTheme).length).toBeGreaterThanOrEqual(2)
  })

  it('carry what is chosen into the action plan', () => {
    expect(ofKind('guide').filter(({ worksheets }) => worksheets.flatMap(rowsInto).length === 0).map(({ id }) => id)).toEqual([])
  })

  it('name pitfalls and who helps', () => {
    const without = ofKind('guide').filter(({ guideType, sections }) => guideType === 'shorter' && !['valkuilen', 'wie-helpt'].every((id) => sections.some((section) => section.id === id)))
    expect(without.map(({ id }) => id)).toEqual([])
  })
})

describe('the theme pages', () => {
  it('are six, of 200 to 300 words, looked at twice a year', () => {
    const pages = ofKind('theme')
    expect(pages.map(({ id }) => id).toSorted()).toEqual([
      'alleenstaanden',
      'grensoverschrijdend-gedrag',
      'lokaal-genderbeleid',
      'lokaal-inclusiebeleid',
      'lokaal-regenboogbeleid',
      'menstruatiewelzijn',
    ])
    for (const { id, sections, reviewEveryMonths } of pages) {
      const length = sections.flatMap(({ html }) => blocksOf(html)).join(' ').split(/\s+/).length
      expect({ id, fits: length >= 200 && length <= 300, reviewEveryMonths }).toEqual({ id, fits: true, reviewEveryMonths: 6 })
    }
  })
})

describe('the municipalities', () => {
  it('are 285, each once', () => {
    expect(index.counts.municipality).toBe(285)
    expect(new Set(ofKind('municipality').map(({ nis }) => nis)).size).toBe(285)
    expect(new Set(ofKind('municipality').map(({ name }) => name)).size).toBe(285)
  })

  it('are found by the name they had before a merger', () => {
    const borsbeek = ofKind('municipality').filter(({ formerNames }) => formerNames.includes('Borsbeek'))
    expect(borsbeek.map(({ name }) => name)).toEqual(['Antwerpen'])
    const former = ofKind('municipality').flatMap(({ formerNames }) => formerNames)
    const current = new Set(ofKind('municipality').map(({ name }) => name))
    expect(former.filter((name) => current.has(name))).toEqual([])
    expect(new Set(former).size).toBe(former.length)
  })

  it('have the size class that the thresholds of the survey give', () => {
    const classOf = (inhabitants: number) => (inhabitants < 15_000 ? 'rural' : inhabitants < 25_000 ? 'small' : 'medium')
    const odd = ofKind('municipality').filter(({ sizeClass, inhabitants2020 }) => sizeClass !== 'city' && sizeClass !== classOf(inhabitants2020))
    expect(odd).toEqual([])
    expect(ofKind('municipality').filter(({ sizeClass }) => sizeClass === 'city')).toHaveLength(13)
  })
})
