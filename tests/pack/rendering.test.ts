import { describe, expect, it } from 'vitest'
import { PackedItem } from '../../src/domain/content.ts'
import { compile } from '../../src/pack/compile.ts'
import type { LinkTarget } from '../../src/pack/links.ts'
import { readMarkdown, toHtml } from '../../src/pack/markdown.ts'
import { slug } from '../../src/pack/sections.ts'
import { changed, contentFolder } from './content-folder.ts'

const targets = new Map<string, LinkTarget>(
  (
    [
      { id: 'taak-een', kind: 'task', title: 'Taak' },
      { id: 'cijfer-een', kind: 'figure', title: 'Cijfer' },
      { id: 'praktijk-een', kind: 'practice', title: 'Praktijk' },
      { id: 'gids-een', kind: 'guide', title: 'Gids' },
      { id: 'thema-een', kind: 'theme', title: 'Thema' },
      { id: 'begrip-een', kind: 'term', title: 'Gelijke kansen & meer' },
      { id: 'nis-11002', kind: 'municipality', title: 'Antwerpen' },
    ] as const
  ).map((target) => [target.id, target]),
)
const html = (markdown: string) => toHtml(readMarkdown(markdown, targets).root.children)

function packed(id: string, files: Record<string, string> = {}) {
  const item = compile(contentFolder(files)).items.find((each) => each.id === id)
  if (!item || item.kind === 'municipality') throw new Error(`${id} has no sections`)
  return item
}

describe('rendering', () => {
  it.each([
    ['<script>alert(1)</script>\n\nTekst', '<p>Tekst</p>'],
    ['Tekst <b onclick="alert(1)">vet</b>', '<p>Tekst vet</p>'],
    ['<img src=x onerror=alert(1)>\n\nTekst', '<p>Tekst</p>'],
    ['![foto](https://example.org/volgpixel.png)', '<p></p>'],
    ['[klik](javascript:alert(1))', '<p><a>klik</a></p>'],
    ['[klik](JaVaScRiPt:alert(1))', '<p><a>klik</a></p>'],
    ['[klik](data:text/html;base64,PHNjcmlwdD4=)', '<p><a>klik</a></p>'],
    ['<javascript:alert(1)>', '<p><a>javascript:alert(1)</a></p>'],
    ['[klik][x]\n\n[x]: vbscript:x', '<p><a>klik</a></p>'],
  ])('lets nothing run: %s', (markdown, expected) => {
    expect(html(markdown)).toBe(expected)
    expect(readMarkdown(markdown, targets).faults).not.toEqual([])
  })

  it.each([
    ['taak-een', 'task', '/starten/taak-een'],
    ['cijfer-een', 'figure', '/cijfers/cijfer-een'],
    ['praktijk-een', 'practice', '/praktijken/praktijk-een'],
    ['gids-een', 'guide', '/instrumenten/gids-een'],
    ['thema-een', 'theme', '/themas/thema-een'],
    ['begrip-een', 'term', '/zoeken?q=Gelijke%20kansen%20%26%20meer'],
    ['nis-11002', 'municipality', '/zoeken?q=Antwerpen'],
  ])('makes a link to %s that the app can route', (id, kind, path) => {
    expect(html(`[tekst](id:${id})`)).toBe(`<p><a data-item="${id}" data-kind="${kind}" href="${path}">tekst</a></p>`)
  })

  it('opens other sites without a way back', () => {
    expect(html('[site](https://example.org/a?b=c)')).toBe('<p><a href="https://example.org/a?b=c" rel="noopener noreferrer">site</a></p>')
    expect(html('[mail](mailto:a@example.org)')).toBe('<p><a href="mailto:a@example.org">mail</a></p>')
  })

  it('keeps lists, tables and emphasis', () => {
    expect(html('1. **Een**\n2. _Twee_')).toBe('<ol>\n<li><strong>Een</strong></li>\n<li><em>Twee</em></li>\n</ol>')
    expect(html('| a | b |\n|---|---|\n| 1 | 2 |')).toContain('<td>1</td>')
  })
})

describe('sections', () => {
  it('carry the slug of their heading', () => {
    const sections = packed('taak-een').sections.map(({ id, title }) => `${id}: ${title}`)
    expect(sections).toEqual([
      'waarom: Waarom',
      'zo-pak-je-het-aan: Zo pak je het aan',
      'klaar-als: Klaar als',
      'tip-voor-kleine-besturen: Tip voor kleine besturen',
    ])
    expect(slug("Één thema's aanpak!")).toBe('een-thema-s-aanpak')
  })

  it('hold the text under their heading and no more', () => {
    const [why, how] = packed('taak-een').sections
    expect(why!.html).toBe('<p>Zie <a data-item="cijfer-een" data-kind="figure" href="/cijfers/cijfer-een">het cijfer</a>.</p>')
    expect(how!.html).toMatch(/^<ol>[\s\S]*<\/ol>$/)
  })

  it('are one body where the kind asks for no headings', () => {
    expect(packed('begrip-een').sections).toEqual([{ id: 'body', title: '', html: '<p>Een begrip in gewone woorden.</p>' }])
  })

  it('give every heading within them an id of its own', () => {
    const text = changed('tasks/taak-een.md', 'Het staat op papier.', '### Op papier\nJa.\n\n### Op papier\nNog eens.\n\n#### Écht')
    const { html: done } = packed('taak-een', { 'tasks/taak-een.md': text }).sections[2]!
    expect([...done.matchAll(/<h\d id="([^"]*)">/g)].map(([, id]) => id)).toEqual(['klaar-als-op-papier', 'klaar-als-op-papier-2', 'klaar-als-echt'])
  })
})

describe('the chapters of a guide', () => {
  const file = 'guides/gids-een.md'
  const chapters = (text: string) => packed('gids-een', { [file]: text }).sections.map(({ id, title }) => `${id}: ${title}`)

  it('are its own second-level headings', () => {
    expect(packed('gids-een').sections.map(({ id, title }) => `${id}: ${title}`)).toEqual(['voorbereiden: Voorbereiden', 'opvolgen: Samen opvolgen'])
  })

  it('keep the anchor they were given when they are renamed or move', () => {
    expect(chapters(changed(file, '## Samen opvolgen {#opvolgen}', '## Volg het op {#opvolgen}'))).toEqual(['voorbereiden: Voorbereiden', 'opvolgen: Volg het op'])
    const moved = changed(file, /## Voorbereiden\n([\s\S]*?)(## Samen[\s\S]*)/, '$2\n## Eerst dit {#voorbereiden}\n$1')
    expect(chapters(moved)).toEqual(['opvolgen: Samen opvolgen', 'voorbereiden: Eerst dit'])
    const lower = packed('gids-een', { [file]: changed(file, '### Wat vraag je', '### Wat vraag je hen {#vragen}') }).sections[1]!
    expect(lower.html).toContain('<h3 id="vragen">Wat vraag je hen</h3>')
    expect(packed('gids-een').sections[1]!.html).toContain('<h3 id="opvolgen-wat-vraag-je">Wat vraag je</h3>')
  })

  it('hold an empty element where a worksheet belongs, also alone', () => {
    expect(packed('gids-een').sections[0]!.html).toBe('<p>Vraag een zaal.</p>\n<div data-worksheet="kiezen"></div>')
    const alone = packed('gids-een', { [file]: changed(file, 'Vraag een zaal.', '') }).sections[0]!
    expect(alone.html).toBe('<div data-worksheet="kiezen"></div>')
  })
})

describe('a packed item', () => {
  it('holds to its schema, with defaults filled in', () => {
    const { items } = compile(contentFolder())
    expect(items).toHaveLength(14)
    for (const item of items) expect(PackedItem.parse(item)).toEqual(item)
    expect(packed('taak-een')).toMatchObject({ kind: 'task', version: 1, reviewEveryMonths: 12, sizeClasses: ['rural', 'small', 'medium', 'city'] })
  })

  it('is a guide with its worksheets and their defaults', () => {
    const guide = packed('gids-een')
    if (guide.kind !== 'guide') throw new Error('not a guide')
    expect(guide.worksheets[0]).toMatchObject({ id: 'kiezen', perTheme: true })
    expect(guide.worksheets[0]!.fields.map((field) => ('intoActionPlan' in field ? field.intoActionPlan : null))).toEqual([null, null, true])
    expect(guide.topics).toEqual([
      { id: 'thema-a', title: null },
      { id: 'thema-b', title: 'Wonen' },
    ])
    expect(packed('thema-een')).toMatchObject({ kind: 'theme', reviewEveryMonths: 6 })
  })

  it('is a municipality without a body too', () => {
    expect(compile(contentFolder()).items.find(({ id }) => id === 'nis-11002')).toEqual({
      kind: 'municipality',
      id: 'nis-11002',
      nis: '11002',
      name: 'Antwerpen',
      province: 'Antwerpen',
      ovo: 'OVO001999',
      sizeClass: 'city',
      inhabitants2020: 540196,
      formerNames: ['Borsbeek'],
    })
  })

  it('has another hash when its text changes, and only then', () => {
    const before = packed('taak-een').hash
    expect(packed('taak-een', { 'terms/begrip-een.md': changed('terms/begrip-een.md', 'gewone', 'andere') }).hash).toBe(before)
    expect(packed('taak-een', { 'tasks/taak-een.md': changed('tasks/taak-een.md', 'Doe het samen.', 'Doe het alleen.') }).hash).not.toBe(before)
  })
})
