import { expect, test } from 'vitest'
import { planDocument } from '../../../src/client/features/plan/plan-document.ts'
import { planGroups, type PlanAction } from '../../../src/domain/action-plan.ts'
import { unzipped } from '../../support/zip.ts'

const action = (id: string, more: Partial<PlanAction>): PlanAction => ({ id, order: 1, goal: null, title: '', note: undefined, decidedOn: null, role: '', term: '', budget: '', indicator: '', agreement: '', multiYearPlan: '', ...more })

async function made(municipality: string | undefined) {
  const groups = planGroups(
    [{ id: 'g', order: 1, title: 'Een zwembad <voor> iedereen & altijd', why: { y: '', t: 'Vandaag haken\ninwoners af.' } }],
    [action('a', { goal: 'g', title: 'Belijning', role: 'Diensthoofd vrije tijd', term: 'voorjaar 2027', budget: '€ 12.000', indicator: '50 bezoekers', decidedOn: '2027-01-12', multiYearPlan: 'AC000123', note: { y: '', t: 'Samen met de adviesraad.' } }), action('b', {})],
  )
  const files = unzipped(new Uint8Array(await (await planDocument({ groups, municipality, date: '21 november 2026', day: (iso) => `dag ${iso}` })).arrayBuffer()))
  return { document: files.get('word/document.xml')!, styles: files.get('word/styles.xml')!, core: files.get('docProps/core.xml')! }
}

/** The words of every paragraph with this style; undefined: with none. */
const paragraphs = (xml: string, style: string | undefined) =>
  [...xml.matchAll(/<w:p>(.*?)<\/w:p>|<w:p .*?>(.*?)<\/w:p>/g)]
    .map(([whole]) => ({ style: /<w:pStyle w:val="([^"]+)"/.exec(whole)?.[1], words: [...whole.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join('') }))
    .filter((paragraph) => paragraph.style === style)
    .map(({ words }) => words)

test('the document has real headings, the municipality, the day, and a table with a heading row', async () => {
  const { document, styles, core } = await made('Damme')
  expect(paragraphs(document, 'Title')).toEqual(['Actieplan gelijke kansen Damme'])
  expect(paragraphs(document, 'Heading1')).toEqual(['Doel 1: Een zwembad &lt;voor&gt; iedereen &amp; altijd', 'Acties zonder doel'])
  expect(paragraphs(document, 'Heading2')).toEqual(['1.1 Belijning', '1 Zonder titel'])
  const plain = paragraphs(document, undefined)
  expect(plain).toContain('Damme, 21 november 2026')
  expect(plain).toEqual(expect.arrayContaining(['Vandaag haken', 'inwoners af.', 'Samen met de adviesraad.', 'Trekker: Diensthoofd vrije tijd', 'Beslist op: dag 2027-01-12', 'Meerjarenplan: AC000123']))
  expect(document.match(/<w:tbl>/g)).toHaveLength(2)
  expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(2)
  const cells = [...document.matchAll(/<w:tc>.*?<\/w:tc>/g)].map(([cell]) => [...cell.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(''))
  expect(cells.slice(0, 10)).toEqual(['Actie', 'Trekker', 'Termijn', 'Budgetlijn', 'Indicator', 'Belijning', 'Diensthoofd vrije tijd', 'voorjaar 2027', '€ 12.000', '50 bezoekers'])
  expect(styles).toMatch(/<w:lang [^>]*w:val="nl-BE"/)
  expect(styles).toMatch(/<w:style [^>]*w:styleId="Heading1"/)
  expect(core).toContain('<dc:title>Actieplan gelijke kansen Damme</dc:title>')
})

test('without a team the document names no municipality', async () => {
  const { document } = await made(undefined)
  expect(paragraphs(document, 'Title')).toEqual(['Actieplan gelijke kansen'])
  expect(paragraphs(document, undefined)).toContain('21 november 2026')
})
