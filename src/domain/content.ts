/**
 * The contract between editors and app: what one content file holds, and what a pack holds.
 *
 * A file under `src/content/<folder>/<id>.md` is one item: front matter (checked here, unknown keys refused)
 * and a Dutch body. `src/pack` turns the body into the rendered `sections` of the packed item.
 */
import * as z from 'zod/mini'
import { ContentId } from './content-id.ts'


const Text = z.string().check(z.minLength(1), z.trim())
/** A calendar day, `2026-05-12`. */
const Day = z.iso.date()

export const themes = [
  'algemeen',
  'gender',
  'lgbti',
  'handicap',
  'toegankelijkheid',
  'herkomst',
  'antidiscriminatie',
  'digitaal',
  'leeftijd',
  'menstruatiewelzijn',
  'grensoverschrijdend-gedrag',
  'alleenstaanden',
  'polarisatie',
] as const
export const Theme = z.enum(themes)
export type Theme = z.infer<typeof Theme>

/** The classes of the members' survey 2025 (chapter 5.1): rural < 15,000 ≤ small < 25,000 ≤ medium; city: centre city. */
export const sizeClasses = ['rural', 'small', 'medium', 'city'] as const
export const SizeClass = z.enum(sizeClasses)
export type SizeClass = z.infer<typeof SizeClass>

export const maturities = ['starter', 'growing', 'frontrunner'] as const
export const Maturity = z.enum(maturities)

/** The five documents that facts may come from, by the name editors cite. */
export const sourceDocuments = {
  'jaarverslag-2025': 'VVSG, jaarverslag Gelijke Kansen 2025',
  'ledenbevraging-2025': 'VVSG, ledenbevraging Gelijkekansenbeleid 2025',
  'meerjarenplan-2025-2029': 'VVSG, meerjarenplan Gelijke Kansen 2025-2029',
  actiefiches: 'VVSG, actiefiches Gelijke Kansen',
  'evaluatie-plan-samenleven': 'VVSG, evaluatie Plan Samenleven (bevraging van lokale besturen)',
} as const

export const Source = z.strictObject({
  document: z.enum(Object.keys(sourceDocuments) as [keyof typeof sourceDocuments, ...(keyof typeof sourceDocuments)[]]),
  /** Where in the document: chapter number or the name of the sheet. */
  chapter: Text,
  /** How many answered, where the fact is a survey figure. */
  n: z.optional(z.int().check(z.positive())),
})
export type Source = z.infer<typeof Source>

const Change = z.strictObject({ version: z.int().check(z.positive()), on: Day, what: Text })

/** What every kind of item carries. */
const common = {
  id: ContentId,
  title: Text.check(z.maxLength(90)),
  /** One sentence under the title in lists. */
  summary: Text.check(z.maxLength(220)),
  themes: z.array(Theme).check(z.minLength(1)),
  /** For whom it is meant; left out: everybody. */
  sizeClasses: z._default(z.array(SizeClass), [...sizeClasses]),
  maturity: z._default(z.array(Maturity), ['starter']),
  sources: z.array(Source).check(z.minLength(1)),
  reviewedOn: Day,
  reviewEveryMonths: z._default(z.int().check(z.positive()), 12),
  version: z._default(z.int().check(z.positive()), 1),
  changes: z._default(z.array(Change), []),
}
/** Ids of related items of any kind; a broken one stops the build. */
const links = z._default(z.array(ContentId), [])

export const Phase = z.strictObject({ ...common, order: z.int().check(z.positive()) })
export type Phase = z.infer<typeof Phase>

export const Task = z.strictObject({
  ...common,
  phase: ContentId,
  /** Place within the phase: advice, never a lock. */
  order: z.int().check(z.positive()),
  /** Minutes someone really needs, 10 to 480. */
  minutes: z.int().check(z.gte(10), z.lte(480)),
  /** Tasks that are wise to do first. */
  after: z._default(z.array(ContentId), []),
  links: z.array(ContentId).check(z.minLength(1)),
})
export type Task = z.infer<typeof Task>

export const Figure = z.strictObject({
  ...common,
  /** The question as the respondents got it, where known. */
  question: z.optional(Text),
  unit: z.enum(['percent', 'count', 'score']),
  /** Respondents behind the figure; null where the source does not state it. */
  n: z.nullable(z.int().check(z.positive())),
  /** True where one respondent could give several answers, so that percentages do not add up to 100. */
  multiple: z._default(z.boolean(), false),
  /** `count`: the number of respondents behind a percentage, where the source gives it. */
  rows: z.array(z.strictObject({ label: Text, value: z.number(), count: z.optional(z.int()) })).check(z.minLength(1)),
  /** What a reader must know before quoting this figure. */
  caveat: Text,
  /** `Wat betekent dit voor jou?`, one sentence. */
  meaning: Text,
  links,
})
export type Figure = z.infer<typeof Figure>

export const SupportOffer = z.strictObject({
  ...common,
  offerType: z.enum(['expertise', 'partner', 'government', 'training', 'network', 'fund']),
  /** What the organisation can be asked for, each a short phrase. */
  offers: z.array(Text).check(z.minLength(1)),
  /** Filled in by the VVSG; null where no source confirms it. */
  website: z.nullable(z.url()),
  email: z.nullable(z.email()),
  phone: z.nullable(Text),
  links,
})
export type SupportOffer = z.infer<typeof SupportOffer>

export const Practice = z.strictObject({
  ...common,
  /** The anonymous code as the source prints it (`Gemeente 01`, `CS02`); several where the source groups them. */
  municipalities: z.array(Text),
  /** The action of Plan Samenleven or the chapter of the survey it comes from. */
  action: Text,
  /** Which phase of the starter path it helps with. */
  phase: ContentId,
  cost: z.enum(['low', 'medium', 'high', 'unknown']),
  links,
})
export type Practice = z.infer<typeof Practice>

/** Theme pages, glossary and theme days are content too; their screens read the same pack. */
export const Term = z.strictObject({ ...common, alternatives: z._default(z.array(Text), []), links })
export type Term = z.infer<typeof Term>

export const ThemeDay = z.strictObject({
  ...common,
  /** Month and day, `05-17`. */
  from: z.string().check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)),
  to: z.optional(z.string().check(z.regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/))),
  /** How long before the day to start. */
  leadWeeks: z._default(z.int().check(z.positive()), 8),
  links,
})
export type ThemeDay = z.infer<typeof ThemeDay>

/** Per kind: its folder, its front matter, and the headings its body must and may have (second level). */
export const kinds = {
  phase: { folder: 'phases', schema: Phase, required: [], optional: [] },
  task: {
    folder: 'tasks',
    schema: Task,
    required: ['Waarom', 'Zo pak je het aan', 'Klaar als', 'Tip voor kleine besturen'],
    optional: [],
  },
  figure: { folder: 'figures', schema: Figure, required: [], optional: [] },
  supportOffer: { folder: 'offers', schema: SupportOffer, required: [], optional: [] },
  practice: {
    folder: 'practices',
    schema: Practice,
    required: ['Wat deden ze', 'Wat was er nodig', 'Wat leverde het op', 'Les'],
    optional: [],
  },
  term: { folder: 'terms', schema: Term, required: [], optional: [] },
  themeDay: { folder: 'theme-days', schema: ThemeDay, required: ['Actie-idee', 'Zo bereid je je voor'], optional: [] },
} as const
export type Kind = keyof typeof kinds
