import { describe, expect, it } from 'vitest'
import { compile } from '../../src/pack/compile.ts'
import { blocksOf, heavyItems, longSentences, meanWords, sentencesIn, sentencesOf } from '../../src/pack/language.ts'
import { changed, contentFolder } from './content-folder.ts'

const words = (count: number) => `Woord${' woord'.repeat(count - 1)}.`

describe('sentences', () => {
  it.each([
    ['Bel je schepen. Plan een uur.', ['Bel je schepen.', 'Plan een uur.']],
    ['Vraag je: wie doet mee? Noteer het.', ['Vraag je: wie doet mee?', 'Noteer het.']],
    ['In 12.000 huizen (N = 53) is het 2,35.', ['In 12.000 huizen (N = 53) is het 2,35.']],
    ['Neem iemand mee, bv. Een collega of nr. 3 van de lijst.', ['Neem iemand mee, bv. Een collega of nr. 3 van de lijst.']],
    ['Dat is genoeg. 45 % van de besturen (N = 53) doet het zo.', ['Dat is genoeg.', '45 % van de besturen (N = 53) doet het zo.']],
    ['Zeg: “Dat kan.” Ga dan verder.', ['Zeg: “Dat kan.”', 'Ga dan verder.']],
  ])('end where they end: %s', (text, expected) => {
    expect(sentencesIn(text)).toEqual(expected)
  })

  it('end with a paragraph or a list item, and are read without their marks', () => {
    const html = '<p>Doe dit:</p>\n<ul>\n<li>bel <a href="/x">je <strong>collega</strong></a></li>\n<li><p>mail &#x26; schrijf</p></li>\n</ul><h3 id="k">Kop</h3><table><tr><td>cel</td></tr></table><p>Klaar</p>'
    expect(blocksOf(html)).toEqual(['Doe dit:', 'bel je collega', 'mail & schrijf', 'Klaar'])
  })

  it('are counted in words, and the long ones are told', () => {
    const text = changed('terms/begrip-een.md', 'Een begrip in gewone woorden.', `${words(25)} ${words(26)}`).replace('Een korte zin.', words(9))
    const { items } = compile(contentFolder({ 'terms/begrip-een.md': text }))
    const sentences = sentencesOf(items.find(({ id }) => id === 'begrip-een')!)
    expect(sentences.map((sentence) => sentence.words)).toEqual([9, 25, 26])
    expect(meanWords(sentences)).toBe(20)
    expect(heavyItems(items)).toEqual([{ id: 'begrip-een', meanSentenceWords: 20 }])
    expect(longSentences(sentences)).toEqual([{ id: 'begrip-een', sentence: words(26), words: 26 }])
  })

  it('of a guide are also what it is for and the help in its worksheets', () => {
    const guide = compile(contentFolder()).items.find(({ id }) => id === 'gids-een')!
    const read = sentencesOf(guide).map(({ sentence }) => sentence)
    expect(read).toEqual(expect.arrayContaining(['Om samen te kiezen.', 'Je begint net.', 'Je hebt geen tijd.', 'Vul dit in met een collega.', 'Schrijf kort.']))
    expect(read).not.toContain('Acties')
  })

  it('of a figure are also its meaning and caveat', () => {
    const figure = compile(contentFolder()).items.find(({ id }) => id === 'cijfer-een')!
    expect(sentencesOf(figure).map(({ sentence }) => sentence)).toContain('Vooral actieve besturen antwoordden.')
  })
})
