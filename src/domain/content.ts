/**
 * The contract between editors and app: what one content file holds, and what a pack holds.
 *
 * A file under `src/content/<folder>/<id>.md` is one item: front matter (checked here, unknown keys refused)
 * and a Dutch body. `src/pack` turns the body into the rendered `sections` of the packed item.
 */
import * as z from 'zod/mini'
import { Example, schemaOf } from './assignment-form.ts'
import { figureSubjects, sizeClasses, themes } from './content-codes.ts'
import { ContentId } from './content-id.ts'
import { LabSessions } from './lab-sessions.ts'
import { maturities } from './maturity.ts'
import { ScanParts } from './quickscan.ts'
import { sourceDocuments } from './source-documents.ts'
import { FormFields, Topics, Worksheets } from './worksheet.ts'

const Text = z.string().check(z.trim(), z.minLength(1))
/** A calendar day, `2026-05-12`. */
const Day = z.iso.date()
/** Month and day of every year, `05-17`; 29 February does not come every year and is refused. */
const MonthDay = z.string().check(
  z.regex(/^\d\d-\d\d$/),
  z.refine((monthDay) => z.safeParse(Day, `2025-${monthDay}`).success, 'deze dag bestaat niet elk jaar'),
)

export const Theme = z.enum(themes)
export type Theme = z.infer<typeof Theme>

export const SizeClass = z.enum(sizeClasses)
export type SizeClass = z.infer<typeof SizeClass>

export const Maturity = z.enum(maturities)

export const Source = z.strictObject({
  document: z.enum(Object.keys(sourceDocuments) as [keyof typeof sourceDocuments, ...(keyof typeof sourceDocuments)[]]),
  /** Where in the document: chapter number or the name of the sheet. */
  chapter: Text,
  /** How many answered, where the fact is a survey figure. */
  n: z.optional(z.int().check(z.positive())),
})
export type Source = z.infer<typeof Source>

const Change = z.strictObject({
  version: z.int().check(z.positive()),
  on: Day,
  /** What changed, in one sentence. */
  what: Text,
  /** The words that changed, where they are short and worth keeping. */
  before: z.optional(Text.check(z.maxLength(220))),
  after: z.optional(Text.check(z.maxLength(220))),
  /** The chapter of a guide that changed, by its id; left out: the item as a whole. */
  section: z.optional(ContentId),
})
export type Change = z.infer<typeof Change>

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

export type FigureSubject = (typeof figureSubjects)[number]

export const Figure = z.strictObject({
  ...common,
  subject: z.enum(figureSubjects),
  /** The question as the respondents got it, where known. */
  question: z.optional(Text),
  unit: z.enum(['percent', 'count', 'score']),
  /** Respondents behind the figure; null where the source does not state it. */
  n: z.nullable(z.int().check(z.positive())),
  /** True where one respondent could give several answers, so that percentages do not add up to 100. */
  multiple: z._default(z.boolean(), false),
  /** `count`: the number of respondents behind a percentage, where the source gives it. */
  rows: z.array(z.strictObject({ label: Text, value: z.number(), count: z.optional(z.int()) })).check(z.minLength(1)),
  /** The number to remember, where it is the first `rows` rows together; left out: the first row. */
  headline: z.optional(z.strictObject({ rows: z.int().check(z.gte(2)), label: Text })),
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

/** How to work with an instrument, in the field on a phone. Its body is chapters: second-level headings of its own choice. */
export const Guide = z.strictObject({
  ...common,
  /** `instrument`: the guide to a whole way of working; `shorter`: one means or measure. */
  guideType: z.enum(['instrument', 'shorter']),
  /** Who made the instrument, as the sources say. */
  owner: Text,
  forWhat: Text,
  whenToUse: z.array(Text).check(z.minLength(1)),
  whenNot: z.array(Text).check(z.minLength(1)),
  /** Minutes to read it through once; what the work itself takes is told in the chapters. */
  minutes: z.int().check(z.gte(5), z.lte(480)),
  links: z.array(ContentId).check(z.minLength(1)),
  /** Placed in the body by a line `::werkblad{id}`. */
  worksheets: Worksheets,
  /** Themes of the instrument itself, for worksheets that are filled in per theme. */
  topics: z.optional(Topics),
})
export type Guide = z.infer<typeof Guide>

/** A hub over everything that carries one of its `themes`; what it links comes first. */
export const ThemePage = z.strictObject({
  ...common,
  reviewEveryMonths: z._default(z.int().check(z.positive()), 6),
  links: z.array(ContentId).check(z.minLength(1)),
})
export type ThemePage = z.infer<typeof ThemePage>

/** Glossary and theme days are content too; their screens read the same pack. */
export const Term = z.strictObject({
  ...common,
  alternatives: z._default(z.array(Text), []),
  /** Those of the alternatives that mean other things in running text as well: search knows them, prose is not marked with them. */
  onlyInSearch: z._default(z.array(Text), []),
  links,
})
export type Term = z.infer<typeof Term>

export const ThemeDay = z.strictObject({
  ...common,
  from: MonthDay,
  /** Last day, where the theme lasts longer than one. */
  to: z.optional(MonthDay),
  /** How long before the day to start. */
  leadWeeks: z._default(z.int().check(z.positive()), 8),
  links,
})
export type ThemeDay = z.infer<typeof ThemeDay>

/** A learning lab that a facilitator dates and invites municipalities to. What it says of sessions holds for every lab made from it. */
export const LabTemplate = z.strictObject({
  ...common,
  order: z.int().check(z.positive()),
  /** The question that the lab works on. */
  question: Text,
  /** Who takes part and how many, as the sources say. */
  participants: Text,
  /** Municipalities below which the lab is not what the sources mean; null where they name no least number. */
  leastTeams: z.nullable(z.int().check(z.positive())),
  sessions: LabSessions,
  links,
})
export type LabTemplate = z.infer<typeof LabTemplate>

/** An optional question that the form does not ask, or an example that one could not send. */
function formFits({ value, issues }: z.core.ParsePayload<{ fields: z.infer<typeof FormFields>; optional: string[]; example: z.infer<typeof Example> }>): void {
  const { fields, optional, example } = value
  for (const [index, id] of optional.entries()) {
    if (!fields.some((field) => field.id === id)) issues.push({ code: 'custom', input: value, path: ['optional', index], message: `onbekende vraag "${id}"` })
  }
  const filled = z.safeParse(schemaOf({ fields, optional }), example.answers)
  for (const { path, message } of filled.error?.issues ?? []) issues.push({ code: 'custom', input: value, path: ['example', 'answers', ...path], message: `past niet bij het formulier: ${message}` })
}

/** Homework between two sessions: an explanation, a form, and an invented example of it filled in. */
export const Assignment = z
  .strictObject({
    ...common,
    /** Minutes someone really needs, 10 to 480. */
    minutes: z.int().check(z.gte(10), z.lte(480)),
    fields: FormFields,
    /** Questions that may stay empty. */
    optional: z._default(z.array(ContentId), []),
    example: Example,
    /** Teams of a lab may read each other's work after the feedback, those that agree to it. */
    shared: z._default(z.boolean(), false),
    links,
  })
  .check(formFits)
export type Assignment = z.infer<typeof Assignment>

/** A scan that a municipality fills in again every year. Its body is read before the first question. */
export const Quickscan = z.strictObject({
  ...common,
  /** What else people call it, for search. */
  alternatives: z._default(z.array(Text), []),
  minutes: z.int().check(z.gte(5), z.lte(480)),
  /** The task of the path that filling it in is. */
  task: ContentId,
  parts: ScanParts,
  links,
})
export type Quickscan = z.infer<typeof Quickscan>

export type KindOfContent = {
  folder: string
  schema: z.core.$ZodType
  required: readonly string[]
  optional: readonly string[]
  chapters?: true
}
/**
 * Per kind: its folder, its front matter, and the headings its body must and may have (second level).
 * `chapters`: any headings, at least one. Without either the body is one text.
 */
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
  guide: { folder: 'guides', schema: Guide, required: [], optional: [], chapters: true },
  theme: { folder: 'themes', schema: ThemePage, required: ['Waarover gaat het', 'Waarom in een kleine gemeente', 'Waar begin je'], optional: [] },
  term: { folder: 'terms', schema: Term, required: [], optional: [] },
  themeDay: { folder: 'theme-days', schema: ThemeDay, required: ['Actie-idee', 'Zo bereid je je voor'], optional: [] },
  labTemplate: { folder: 'labs', schema: LabTemplate, required: ['Waarover gaat het', 'Zo verloopt het'], optional: [] },
  assignment: { folder: 'assignments', schema: Assignment, required: ['Waarom', 'Zo pak je het aan'], optional: ['Tip voor kleine besturen'] },
  quickscan: { folder: 'quickscan', schema: Quickscan, required: [], optional: [] },
} as const satisfies Record<string, KindOfContent>
export type Kind = keyof typeof kinds

/** One row of `municipalities.yaml`: the 285 municipalities since the mergers of 1 January 2025. */
export const Municipality = z.strictObject({
  /** Code of the national statistics office; identifies the municipality. */
  nis: z.string().check(z.regex(/^\d{5}$/)),
  name: Text,
  province: z.enum(['Antwerpen', 'Limburg', 'Oost-Vlaanderen', 'Vlaams-Brabant', 'West-Vlaanderen']),
  /** Code of the organisation in the Flemish administration. */
  ovo: z.string().check(z.regex(/^OVO\d{6}$/)),
  sizeClass: SizeClass,
  /** On 1 January 2020; of a later merger the sum of its parts. */
  inhabitants2020: z.int().check(z.positive()),
  /** Names that disappeared in the mergers of 2025, so that search finds them too. */
  formerNames: z.array(Text),
})
export type Municipality = z.infer<typeof Municipality>

/** The first 16 hexadecimal characters of a SHA-256. */
export const ContentHash = z.string().check(z.regex(/^[0-9a-f]{16}$/))

/** A rendered part of a body. `html` is sanitised at build time; a body without fixed headings is one section `body`. */
export const Section = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  title: z.string(),
  html: z.string(),
})
export type Section = z.infer<typeof Section>

/** What an item gains on its way into the pack. `hash` covers all else in the item. */
const packing = { hash: ContentHash, sections: z.array(Section).check(z.minLength(1)) }

export const PackedPhase = z.extend(Phase, { kind: z.literal('phase'), ...packing })
export const PackedTask = z.extend(Task, { kind: z.literal('task'), ...packing })
/** `chart`: an SVG drawn at build time, coloured by the app's style sheet. */
export const PackedFigure = z.extend(Figure, { kind: z.literal('figure'), ...packing, chart: z.string() })
export const PackedSupportOffer = z.extend(SupportOffer, { kind: z.literal('supportOffer'), ...packing })
export const PackedPractice = z.extend(Practice, { kind: z.literal('practice'), ...packing })
export const PackedGuide = z.extend(Guide, { kind: z.literal('guide'), ...packing })
export const PackedThemePage = z.extend(ThemePage, { kind: z.literal('theme'), ...packing })
export const PackedTerm = z.extend(Term, { kind: z.literal('term'), ...packing })
export const PackedThemeDay = z.extend(ThemeDay, { kind: z.literal('themeDay'), ...packing })
export const PackedLabTemplate = z.extend(LabTemplate, { kind: z.literal('labTemplate'), ...packing })
export const PackedAssignment = z.safeExtend(Assignment, { kind: z.literal('assignment'), ...packing })
export const PackedQuickscan = z.extend(Quickscan, { kind: z.literal('quickscan'), ...packing })
/** Bare facts without a body. */
export const PackedMunicipality = z.extend(Municipality, {
  kind: z.literal('municipality'),
  id: z.string().check(z.regex(/^nis-\d{5}$/)),
})
export type PackedPhase = z.infer<typeof PackedPhase>
export type PackedTask = z.infer<typeof PackedTask>
export type PackedFigure = z.infer<typeof PackedFigure>
export type PackedSupportOffer = z.infer<typeof PackedSupportOffer>
export type PackedPractice = z.infer<typeof PackedPractice>
export type PackedGuide = z.infer<typeof PackedGuide>
export type PackedThemePage = z.infer<typeof PackedThemePage>
export type PackedTerm = z.infer<typeof PackedTerm>
export type PackedThemeDay = z.infer<typeof PackedThemeDay>
export type PackedLabTemplate = z.infer<typeof PackedLabTemplate>
export type PackedAssignment = z.infer<typeof PackedAssignment>
export type PackedQuickscan = z.infer<typeof PackedQuickscan>
export type PackedMunicipality = z.infer<typeof PackedMunicipality>

export const PackedItem = z.discriminatedUnion('kind', [
  PackedPhase,
  PackedTask,
  PackedFigure,
  PackedSupportOffer,
  PackedPractice,
  PackedGuide,
  PackedThemePage,
  PackedTerm,
  PackedThemeDay,
  PackedLabTemplate,
  PackedAssignment,
  PackedQuickscan,
  PackedMunicipality,
])
export type PackedItem = z.infer<typeof PackedItem>

export const packedKinds = [...(Object.keys(kinds) as Kind[]), 'municipality'] as const
export const PackedKind = z.enum(packedKinds)
export type PackedKind = z.infer<typeof PackedKind>
