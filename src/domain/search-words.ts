/**
 * What a text says to search: its words without case, accents and endings, the parts of its compounds, and the notions
 * that other words say too. Once for the index that is built with the app, for a person's own notes, and for what someone types.
 */

/** Cuts the ending off a word in lower case without accents. */
export type Stem = (word: string) => string

export type Word = {
  /** In lower case, without accents. */
  word: string
  /** Where it stands in the text. */
  start: number
  end: number
}

/** `collega's` is `collega`; a number keeps its digits only. */
const WORD = /[\p{L}\p{N}]+/gu
const POSSESSIVE = /^['’]s(?![\p{L}\p{N}])/u

export function wordsIn(text: string): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const start = match.index
    const before = text[start - 1]
    const owned = (before === "'" || before === '’') && POSSESSIVE.test(text.slice(start - 1, start + 2)) && words.at(-1)?.end === start - 1
    if (owned) words.at(-1)!.end = start + match[0].length
    else words.push({ word: fold(match[0]), start, end: start + match[0].length })
  }
  return words
}

/** What hyphens hold together, as one word too: `e-mail` is found by `email`. */
const HYPHENED = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu
export const joinedWords = (text: string): string[] => (text.includes('-') ? [...text.matchAll(HYPHENED)].map(([whole]) => fold(whole.replaceAll('-', ''))) : [])

/** Lower case, without accents. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  // oxlint-disable-next-line no-control-regex -- plain ASCII, by far most words, needs no more
  return /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '')
}

/** Words that stand in every text and tell nothing of what it is about. */
const stopWords = new Set(
  `de het een en van in op te dat die is zijn was waren ben bent geweest wordt worden word werd werden ik je jij jou jouw jullie u uw hij zij ze we wij ons onze
  hun hen haar hem zich mij me mijn met voor aan bij om ook als dan maar of nog niet geen wel al er hier daar waar wat wie welke welk hoe wanneer waarom naar
  uit over tot door onder tussen na sinds tegen zonder per heeft hebben heb hebt had hadden gehad kan kunnen kun kon konden mag mogen moet moeten moest wil
  willen zal zullen zou zouden doen doe doet deed gaan gaat ga ging maak maakt meer minder veel heel erg zo toch dus dit deze iets niets iemand niemand elk
  elke ieder iedere alle alles ander andere anders zelf via zoals toe mee af hoeveel want omdat toen nu weer terwijl eens even enkel alleen tijdens ermee
  erin erop eraan maken gemaakt krijg krijgt krijgen kreeg komen komt kom laten laat geven geef geeft ons mijzelf jezelf`.split(/\s+/),
)
export const isStopWord = (word: string): boolean => stopWords.has(word)

/** Words that tell a little: what someone does with whatever the text is about. */
const weakWords = new Set(
  `volgen volg volgt zoeken zoek zoekt vinden vind vindt weten weet willen werken werk werkt gebruiken gebruik gebruikt opstellen opmaken organiseren
  organiseer aanpakken aanpak regelen regel nodig goed goede beste nieuw nieuwe schrijven schrijf vragen vraag vraagt helpen help helpt zeggen zeg
  antwoorden starten start beginnen begin begint gestart opstarten doelgroep mensen persoon personen manier eigen ene steeds vaak soms altijd iedereen niemand`.split(/\s+/),
)
export const isWeakWord = (word: string): boolean => weakWords.has(word)

/** The first half of verbs that come apart: `afhaken`, `ze haken af`. */
const particles = 'aan af bij door in mee na om op over samen terug toe uit vast voor weg lastig'.split(' ')
export const isParticle = (word: string): boolean => particles.includes(word)
const startsAsVerb = new RegExp(`^(?:${particles.join('|')}).{3}`)
/** What may follow the last word of a clause. */
const CLAUSE_END = /^(?:\s*(?:$|[^\s\p{L}\p{N}])|\s+(?:en|of|als|maar|want|om|zodat|voor|waarom|dat|die)(?![\p{L}]))/u
const LONGEST_CONJUNCTION = 9
/** How far the halves of a verb may stand apart. */
const CLAUSE_WORDS = 7
/** `afgehaakt` is `afhaken`. */
const PARTICIPLE = new RegExp(`^(${particles.join('|')})ge(?=.{4})`)

/** Letters that hold the parts of a compound together: `bestuur-s-akkoord`. */
const LINKS = ['', 's', 'en', 'n', 'e']
const SHORTEST_PART = 3
const SHORTEST_COMPOUND = 7

/** What editors tell about words (`src/content/synonyms.yaml`), in lower case without accents. */
export type WordKnowledge = {
  /** Forms whose ending the stemmer does not see: `steden` → `stad`. */
  forms: Readonly<Record<string, string>>
  /** Words and phrases that say the same, one list per notion. */
  same: readonly (readonly string[])[]
  /** Whoever types the first is helped by the others too, not the other way round: `rolstoel` → `toegankelijk`. */
  leadsTo: Readonly<Record<string, readonly string[]>>
}

/**
 * What one word says. `stem` is empty for a word that says nothing. `parts`: of a compound, each with its own notions.
 * `terms`: all of these together.
 */
export type Reading = { stem: string; notions: readonly string[]; parts: readonly { stem: string; notions: readonly string[] }[]; terms: readonly string[] }

export type WordReader = ReturnType<typeof createWordReader>

/** `lexicon`: words that a compound may be made of. */
export function createWordReader(stem: Stem, knowledge: WordKnowledge, lexicon: ReadonlySet<string>) {
  const forms = new Map(Object.entries(knowledge.forms))
  const readings = new Map<string, Reading>()

  /** The one form that all forms of a word share. */
  function root(word: string): string {
    const base = forms.get(word) ?? word.replace(PARTICIPLE, '$1')
    return /\d/.test(base) ? base : lighten(stem(lighten(stem(base))))
  }

  const ways = new Map(Object.entries(knowledge.leadsTo).map(([word, others]) => [root(word), [...new Set(others.flatMap(meaningful).map(root))]]))
  const phrases = new Map<string, string[]>()
  const notionsOfStem = new Map<string, string[]>()
  let longestPhrase = 1
  for (const [index, words] of knowledge.same.entries()) {
    for (const entry of words) {
      const stems = meaningful(entry).map(root)
      const into = stems.length > 1 ? phrases : notionsOfStem
      longestPhrase = Math.max(longestPhrase, stems.length)
      const key = stems.join(' ')
      into.set(key, [...(into.get(key) ?? []), notionTerm(index)])
    }
  }

  function read(word: string): Reading {
    let reading = readings.get(word)
    if (!reading) {
      const own = isStopWord(word) ? '' : root(word)
      const say = (said: string) => ({ stem: said, notions: notionsOfStem.get(said) ?? [] })
      const whole = say(own)
      const parts = own === '' ? [] : splitCompound(word, lexicon).map((part) => say(root(part)))
      reading = { ...whole, parts, terms: own === '' ? [] : [whole, ...parts].flatMap((said) => [said.stem, ...said.notions]) }
      readings.set(word, reading)
    }
    return reading
  }

  /** Notions that a phrase in these stems says, such as `gelijke kansen`. */
  function phraseNotions(stems: readonly string[]): string[] {
    const found: string[] = []
    for (let length = 2; length <= longestPhrase; length++) {
      for (let from = 0; from + length <= stems.length; from++) found.push(...(phrases.get(stems.slice(from, from + length).join(' ')) ?? []))
    }
    return found
  }

  let knownVerbs: Set<string> | undefined
  const isVerb = (stemmed: string): boolean => (knownVerbs ??= new Set([...lexicon].filter((word) => startsAsVerb.test(word)).map(root))).has(stemmed)

  /** `Draag je werk goed over` says `overdragen`: the first half of a verb stands alone at the end of its clause. */
  function separatedVerbs(text: string, words: readonly Word[]): string[] {
    return words.flatMap(({ word, end }, at) => {
      if (!isParticle(word) || !CLAUSE_END.test(text.slice(end, end + LONGEST_CONJUNCTION))) return []
      const clause = words.slice(Math.max(0, at - CLAUSE_WORDS), at).filter((before) => before.word.length >= SHORTEST_PART && !isStopWord(before.word) && !/[.!?;:\n]/.test(text.slice(before.end, end)))
      return clause.map((before) => root(`${word}${before.word}`)).filter(isVerb).slice(0, 1)
    })
  }

  /** Everything under which a text is found; a term stands there as often as the text says it. */
  function terms(text: string): string[] {
    const words = wordsIn(text)
    const readings = words.map(({ word }) => read(word))
    const said = readings.filter(({ stem: own }) => own !== '')
    return [...said.flatMap((reading) => reading.terms), ...joinedWords(text).map(root), ...separatedVerbs(text, words), ...phraseNotions(said.map(({ stem: own }) => own))]
  }

  return { root, read, terms, phraseNotions, leadsTo: (stem: string): readonly string[] => ways.get(stem) ?? [] }
}

/** No word of a text looks like this. */
const notionTerm = (index: number) => `~${index}`

const meaningful = (text: string) => wordsIn(text).map(({ word }) => word).filter((word) => !isStopWord(word))

/**
 * What the stemmer leaves different although it is one word: `plann` and `plan`, `briev` and `brief`, `stopt` and `stop`.
 * The result is no Dutch; it only has to be the same for all forms.
 */
function lighten(stemmed: string): string {
  let word = stemmed.replace(/([^aeiou])\1$/, '$1')
  if (word.length > 4) word = word.replace(/([^aeiouy])[td]$/, '$1').replace(/([aeo])s$/, '$1')
  return word.replace(/v$/, 'f').replace(/z$/, 's')
}

/** The words that a compound is made of, fewest first choice; none when it is not one. */
export function splitCompound(word: string, lexicon: ReadonlySet<string>): string[] {
  if (word.length < SHORTEST_COMPOUND || /\d/.test(word)) return []
  const parts = segment(word, lexicon, 3, true)
  return parts ?? []
}

function segment(rest: string, lexicon: ReadonlySet<string>, most: number, whole: boolean): string[] | null {
  if (!whole && lexicon.has(rest)) return [rest]
  if (most === 1) return null
  let best: string[] | null = null
  // Long first parts first: `gelijkekansen` before `gelijke`.
  for (let cut = rest.length - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
    const head = rest.slice(0, cut)
    if (!lexicon.has(head)) continue
    for (const link of LINKS) {
      if (!rest.startsWith(link, cut) || rest.length - cut - link.length < SHORTEST_PART) continue
      const tail = segment(rest.slice(cut + link.length), lexicon, (best?.length ?? most + 1) - 2, false)
      if (tail && (!best || tail.length + 1 < best.length)) best = [head, ...tail]
    }
  }
  return best
}
