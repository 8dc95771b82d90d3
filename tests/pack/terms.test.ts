import { describe, expect, it } from 'vitest'
import type { LinkTarget } from '../../src/pack/links.ts'
import { readMarkdown, toHtml } from '../../src/pack/markdown.ts'
import { markTerms, readGlossary, type Term } from '../../src/pack/terms.ts'
import { compile } from '../../src/pack/compile.ts'
import { changed, contentFolder } from './content-folder.ts'

const term = (id: string, title: string, alternatives: string[] = [], onlyInSearch: string[] = []): Term => ({ id, title, alternatives, onlyInSearch })
const glossary = readGlossary([
  term('brugfiguur', 'Brugfiguur', ['ouderwerker', 'tussenpersoon'], ['tussenpersoon']),
  term('mat', 'MAT (managementteam)', ['managementteam']),
  term('inclusie', 'Inclusie'),
  term('inclusiebeleid', 'Lokaal inclusiebeleid'),
  term('smjp', 'Strategisch meerjarenplan', ['SMJP']),
  term('lgbti', 'LGBTI+', ['holebi']),
  term('leerlabo', 'Leerlabo'),
  term('mandataris', 'Mandataris'),
])
const targets = new Map<string, LinkTarget>([
  ['brugfiguur', { id: 'brugfiguur', kind: 'term', title: 'Brugfiguur' }],
  ['taak', { id: 'taak', kind: 'task', title: 'Taak' }],
])

function marked(markdown: string, own = 'iets'): string {
  const { root } = readMarkdown(markdown, targets)
  markTerms(root, glossary, own)
  return toHtml(root.children)
}
const found = (markdown: string, own?: string) => [...marked(markdown, own).matchAll(/<span data-term="([^"]*)">([^<]*)<\/span>/g)].map(([, id, words]) => `${id}: ${words}`)

describe('terms in running text', () => {
  it('are marked at their first mention, whatever their capitals', () => {
    expect(marked('Een brugfiguur helpt. Een Brugfiguur luistert.')).toBe('<p>Een <span data-term="brugfiguur">brugfiguur</span> helpt. Een Brugfiguur luistert.</p>')
    expect(found('BRUGFIGUUR')).toEqual(['brugfiguur: BRUGFIGUUR'])
  })

  it('are whole words only', () => {
    expect(found('De brugfiguurwerking, een super-brugfiguur, een brugfiguur-collega en een élinclusie.')).toEqual([])
    expect(found('(brugfiguur)')).toEqual(['brugfiguur: brugfiguur'])
  })

  it.each([
    ['Twee brugfiguren', 'brugfiguur: brugfiguren'],
    ["Onze leerlabo's", "leerlabo: leerlabo's"],
    ['Onze leerlabo’s', 'leerlabo: leerlabo’s'],
    ['De mandatarissen', 'mandataris: mandatarissen'],
    ['Het managementteam', 'mat: managementteam'],
    ['Voor LGBTI+ en anderen', 'lgbti: LGBTI+'],
    ['Het strategisch\nmeerjarenplan', 'smjp: strategisch\nmeerjarenplan'],
  ])('are found in another form: %s', (text, expected) => {
    expect(found(text)).toEqual([expected])
  })

  it('are read at their longest', () => {
    expect(found('Een lokaal inclusiebeleid vraagt inclusie.')).toEqual(['inclusiebeleid: lokaal inclusiebeleid', 'inclusie: inclusie'])
  })

  it('keep abbreviations apart from words', () => {
    expect(found('Leg de mat klaar voor het MAT.')).toEqual(['mat: MAT'])
  })

  it('leave words alone that are only for search', () => {
    expect(found('Een tussenpersoon of ouderwerker.')).toEqual(['brugfiguur: ouderwerker'])
  })

  it('are marked once in each section', () => {
    const text = '## Een\n\nEen brugfiguur.\n\n- Een brugfiguur.\n\n### Deel\n\nEen brugfiguur.\n\n## Twee\n\nEen brugfiguur.'
    expect(found(text)).toEqual(['brugfiguur: brugfiguur', 'brugfiguur: brugfiguur'])
  })

  it('are not marked in headings, links, code and heads of tables', () => {
    expect(found('## Brugfiguur\n\n### Brugfiguur\n\n[een brugfiguur](id:taak) en `brugfiguur`\n\n| brugfiguur |\n|---|\n| inclusie |')).toEqual(['inclusie: inclusie'])
  })

  it('are marked within emphasis and lists', () => {
    expect(marked('- Een **sterke brugfiguur**')).toContain('<strong>sterke <span data-term="brugfiguur">brugfiguur</span></strong>')
  })

  it('take the place of a link to the term', () => {
    expect(marked('Een [vaste collega](id:brugfiguur) of brugfiguur.')).toBe('<p>Een <span data-term="brugfiguur">vaste collega</span> of brugfiguur.</p>')
    expect(marked('Een brugfiguur, dus een [vaste collega](id:brugfiguur).')).toBe('<p>Een <span data-term="brugfiguur">brugfiguur</span>, dus een vaste collega.</p>')
  })

  it('are not marked in their own text', () => {
    expect(marked('Een brugfiguur en [nog een](id:brugfiguur).', 'brugfiguur')).toBe('<p>Een brugfiguur en nog een.</p>')
  })
})

it('marks nothing without a glossary', () => {
  const { root } = readMarkdown('Een brugfiguur.', targets)
  markTerms(root, readGlossary([]), 'iets')
  expect(toHtml(root.children)).toBe('<p>Een brugfiguur.</p>')
})

it('happens in every kind of item that is compiled', () => {
  const named = changed('terms/begrip-een.md', 'title: Titel van begrip-een', 'title: Zaal')
  const items = compile(contentFolder({ 'terms/begrip-een.md': named })).items
  const htmlOf = (id: string) => items.flatMap((item) => (item.id === id && 'sections' in item ? item.sections.map(({ html }) => html) : [])).join('\n')
  expect(htmlOf('praktijk-een')).toContain('Een <span data-term="begrip-een">zaal</span>.')
  expect(htmlOf('gids-een')).toContain('Vraag een <span data-term="begrip-een">zaal</span>.')
})
