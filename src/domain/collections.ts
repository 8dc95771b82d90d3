/**
 * Every synced collection, defined once: what a row holds, in which kind of space it lives, how two writers merge,
 * and who may write what. The store, the wire, the authority check and the merge follow from these definitions.
 */
import * as z from 'zod/mini'
import { collection, insertOnly, lastWriter, text, type Collection, type Role } from './collection.ts'
import { ContentId } from './content-id.ts'
import { verdicts } from './labs.ts'
import { maturities } from './maturity.ts'
import { MAX_LINE, MAX_TEXT } from './row.ts'
import { Snapshot } from './snapshot.ts'

/** Counts up with every change of a collection; travels with each mutation so that old ones can be upcast. */
export const SCHEMA_VERSION = 1

/** ISO moment in UTC with milliseconds. */
const Moment = z.iso.datetime({ precision: 3 })
const Uuid = z.uuid()
/** The id of a person's or a team's account, as rows name it. */
const AccountRow = z.string().check(z.regex(/^[\w-]{1,64}$/))
const HttpUrl = z.url({ protocol: /^https?$/ }).check(z.maxLength(2_000))

/** A name as it was at the moment of writing: who reads it may not see the team's people. */
const PersonName = z.string().check(z.maxLength(200))
/** Twelve letters and digits: short, since the ids of answers begin with it. */
export const LabId = z.string().check(z.regex(/^[a-z0-9]{12}$/))
const facilitators: readonly Role[] = ['facilitator']
/** A team that takes part in a lab, and one that might. */
const takingPart: readonly Role[] = ['member', 'lead']
const mayTakePart: readonly Role[] = ['candidate', ...takingPart]

export const taskStatuses = ['notStarted', 'inProgress', 'done', 'notApplicable'] as const
export type TaskStatus = (typeof taskStatuses)[number]

/** A task of the starter path, as far as this dossier got. Row id = the task's content id. */
export const taskProgress = collection({
  name: 'taskProgress',
  lives: ['team', 'person'],
  dossier: true,
  id: ContentId,
  fields: { status: lastWriter(z.enum(taskStatuses)), note: text() },
  deletable: true,
  indexes: ['status'],
})

/** What shows that a task was done. */
export const evidence = collection({
  name: 'evidence',
  lives: ['team', 'person'],
  dossier: true,
  id: Uuid,
  fields: {
    task: insertOnly(ContentId),
    kind: insertOnly(z.enum(['link'])),
    url: lastWriter(HttpUrl),
    title: lastWriter(z.string().check(z.maxLength(200))),
    addedAt: insertOnly(Moment),
  },
  deletable: true,
  indexes: ['task'],
})

export const practiceUses = ['considering', 'using', 'used'] as const
export type PracticeUse = (typeof practiceUses)[number]

/** What this municipality does with a practice of others, and how that went. Row id = the practice's content id. */
export const practiceUse = collection({
  name: 'practiceUse',
  lives: ['team', 'person'],
  dossier: true,
  id: ContentId,
  fields: { status: lastWriter(z.enum(practiceUses)), note: text() },
  deletable: true,
})

/** That a municipality uses an instrument, since which day, and what it is worth to them. Row id = the guide's content id. */
export const guideUse = collection({
  name: 'guideUse',
  lives: ['team', 'person'],
  dossier: true,
  id: ContentId,
  fields: {
    since: lastWriter(z.iso.date()),
    /** Given after use, 1 to 5; null: taken back. */
    score: lastWriter(z.nullable(z.int().check(z.gte(1), z.lte(5)))),
  },
  deletable: true,
})

/** Content ids joined by two dashes, which none of them holds. Short enough to be named in the id of a conflict. */
const joinedIds = (least: number, most: number) =>
  z.string().check(z.maxLength(170), z.regex(new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*){${least - 1},${most - 1}}$`)))

/** What is filled in under a question or a column: a line, a day, an option, a number, or whether an option is ticked. */
const Answer = z.union([z.string().check(z.maxLength(MAX_LINE)), z.number(), z.boolean(), z.null()])
const answers = { value: lastWriter(Answer), text: text() }

/** A worksheet as this team filled it in. Row id = guide, worksheet and, where it is filled in per theme, topic. */
export const filledWorksheet = collection({
  name: 'filledWorksheet',
  lives: ['team', 'person'],
  dossier: true,
  id: joinedIds(2, 3),
  fields: {},
  open: answers,
  deletable: true,
})

/** A row of a table in a worksheet. Row id = the filled worksheet, the question, and a UUID. */
export const worksheetRow = collection({
  name: 'worksheetRow',
  lives: ['team', 'person'],
  dossier: true,
  id: joinedIds(4, 5),
  fields: { order: lastWriter(z.number(), { quiet: true }) },
  open: answers,
  deletable: true,
})

/** The quickscan as this municipality filled it in, one row per round. Row id = the scan and the year. */
export const scanRound = collection({
  name: 'scanRound',
  lives: ['team', 'person'],
  dossier: true,
  id: z.string().check(z.maxLength(70), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*--\d{4}$/)),
  fields: {
    /** When someone came to the end; the answers can change afterwards. */
    finishedAt: lastWriter(z.nullable(Moment), { quiet: true }),
  },
  open: { value: answers.value },
  deletable: true,
})

/** The order of the path that this municipality chose. There is one: row id = `pad`. */
export const pathOrder = collection({
  name: 'pathOrder',
  lives: ['team', 'person'],
  dossier: true,
  id: z.literal('pad'),
  fields: {
    /** The tasks that come first; null: the order of the path as it is. */
    first: lastWriter(z.nullable(z.array(ContentId).check(z.maxLength(100)))),
  },
  deletable: true,
})

/** The title of a goal or an action, in characters. */
export const MAX_TITLE = 300

/** A goal of the action plan. */
export const planGoal = collection({
  name: 'planGoal',
  lives: ['team', 'person'],
  dossier: true,
  id: Uuid,
  fields: {
    title: lastWriter(z.string().check(z.maxLength(MAX_TITLE))),
    why: text(),
    order: lastWriter(z.number(), { quiet: true }),
  },
  deletable: true,
})

const Line = z.string().check(z.maxLength(MAX_LINE))

/**
 * An action of the action plan. Row id = a UUID, or where it came from (domain/action-plan.ts): taken along twice, it is
 * there once.
 */
export const planAction = collection({
  name: 'planAction',
  lives: ['team', 'person'],
  dossier: true,
  id: z.string().check(z.maxLength(190), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*(--[a-z0-9]+(-[a-z0-9]+)*){0,6}$/)),
  fields: {
    /** Null: with no goal yet. */
    goal: lastWriter(z.nullable(Uuid)),
    title: lastWriter(z.string().check(z.maxLength(MAX_TITLE))),
    note: text(),
    /** A function, never a name. */
    role: lastWriter(Line),
    term: lastWriter(Line),
    budget: lastWriter(Line),
    indicator: lastWriter(Line),
    /** The agreement or decision that carries it, and its day. */
    agreement: lastWriter(Line),
    decidedOn: lastWriter(z.nullable(z.iso.date())),
    /** Its place in the strategic multi-year plan: the code of the action in BBC. */
    multiYearPlan: lastWriter(Line),
    order: lastWriter(z.number(), { quiet: true }),
  },
  deletable: true,
})

/** Where a person last was in a task, a guide or the quickscan. Row id = the item's content id. */
const place = { group: 'place', quiet: true } as const
export const position = collection({
  name: 'position',
  lives: ['person'],
  id: ContentId,
  fields: {
    path: lastWriter(z.string().check(z.maxLength(300)), place),
    at: lastWriter(Moment, place),
    /** How far in the chapter that `path` names, in thousandths of it. */
    offset: lastWriter(z.optional(z.int().check(z.gte(0), z.lte(1_000))), place),
    /** The version of the item that was seen. */
    version: lastWriter(z.optional(z.int().check(z.positive())), place),
  },
})

/** A chapter that a person wants to find back. Row id = guide and chapter. */
export const bookmark = collection({
  name: 'bookmark',
  lives: ['person'],
  id: z.string().check(z.maxLength(200), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*--[a-z0-9]+(-[a-z0-9]+)*$/)),
  fields: { at: lastWriter(Moment, { quiet: true }) },
  deletable: true,
})

/** The draft of an assignment, of the team alone. Row id = lab and assignment. */
export const assignmentAnswer = collection({
  name: 'assignmentAnswer',
  lives: ['team'],
  id: joinedIds(2, 2),
  fields: {},
  open: answers,
  deletable: true,
})

/** A row of a table in such a draft. Row id = lab, assignment, question, and a UUID. */
export const assignmentRow = collection({
  name: 'assignmentRow',
  lives: ['team'],
  id: joinedIds(4, 4),
  fields: { order: lastWriter(z.number(), { quiet: true }) },
  open: answers,
  deletable: true,
})

/** A learning lab, made from a template. Row id = the lab's id. */
export const lab = collection({
  name: 'lab',
  lives: ['lab'],
  id: LabId,
  writers: facilitators,
  fields: { template: insertOnly(ContentId, { writers: 'server' }), title: lastWriter(z.string().check(z.trim(), z.minLength(1), z.maxLength(120)), { quiet: true }) },
})

/** A team in a lab. Written by the server. Row id = the team's id. */
export const labTeam = collection({
  name: 'labTeam',
  lives: ['lab'],
  id: AccountRow,
  fields: {
    name: lastWriter(z.string().check(z.maxLength(200)), { writers: 'server' }),
    nis: lastWriter(z.string().check(z.regex(/^\d{5}$/)), { writers: 'server' }),
    left: lastWriter(z.boolean(), { writers: 'server' }),
  },
})

/**
 * A team puts itself forward for a lab, or tells as a participant how far it is: then without a motivation. Written anew when it
 * changes: of two colleagues who write at once both are there, and the latest counts.
 */
export const candidacy = collection({
  name: 'candidacy',
  lives: ['entry'],
  id: Uuid,
  writers: mayTakePart,
  fields: {
    stage: insertOnly(z.enum(maturities)),
    motivation: insertOnly(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_LINE))),
    from: insertOnly(PersonName),
  },
  /** Withdrawn. */
  deletable: true,
})

const replied = { group: 'reply', quiet: true } as const
/** Not this time, with a word why. Row id = the candidacy's id; deleted: taken back. */
export const candidacyReply = collection({
  name: 'candidacyReply',
  lives: ['entry'],
  id: Uuid,
  writers: facilitators,
  fields: { text: lastWriter(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_LINE)), replied), from: lastWriter(PersonName, replied) },
  deletable: true,
})

/** A team that put itself forward, for the facilitators alone. Written by the server. Row id = the team's id. */
export const labCandidate = collection({
  name: 'labCandidate',
  lives: ['review'],
  id: AccountRow,
  fields: {
    name: lastWriter(z.string().check(z.maxLength(200)), { writers: 'server' }),
    nis: lastWriter(z.string().check(z.regex(/^\d{5}$/)), { writers: 'server' }),
  },
})

/** When and where a session is; null: not known (any more). Row id = the session's id in the template. */
export const labSession = collection({
  name: 'labSession',
  lives: ['lab'],
  id: ContentId,
  writers: facilitators,
  fields: {
    at: lastWriter(z.nullable(Moment), { quiet: true }),
    place: lastWriter(z.nullable(z.string().check(z.maxLength(300))), { quiet: true }),
  },
})

/** By when an assignment is due for the whole lab. Row id = the assignment's content id. */
export const labAssignment = collection({
  name: 'labAssignment',
  lives: ['lab'],
  id: ContentId,
  writers: facilitators,
  fields: { due: lastWriter(z.nullable(Moment), { quiet: true }) },
})

/** A word of the facilitators to everyone in the lab. */
export const announcement = collection({
  name: 'announcement',
  lives: ['lab'],
  id: Uuid,
  writers: facilitators,
  fields: { text: insertOnly(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_LINE))), from: insertOnly(PersonName) },
  deletable: true,
})

/** What a team sent in: the form as it was and what stood in it. Who and when stand in its stamps. */
export const submission = collection({
  name: 'submission',
  lives: ['entry'],
  id: Uuid,
  writers: takingPart,
  immutable: true,
  arrival: 'arrivedAt',
  fields: { assignment: insertOnly(ContentId), snapshot: insertOnly(Snapshot), from: insertOnly(PersonName), arrivedAt: insertOnly(Moment, { writers: 'server' }) },
  indexes: ['assignment'],
})

/** Whether the other teams may read what this team sent for an assignment, once there is feedback. Row id = the assignment's content id. */
export const sharing = collection({
  name: 'sharing',
  lives: ['entry'],
  id: ContentId,
  writers: takingPart,
  fields: { agreed: lastWriter(z.boolean(), { quiet: true }) },
})

/**
 * A copy of what a team sent, for all teams of the lab. The server writes it when the feedback is released and the team agreed, and
 * empties it (null) when the team changes its mind or leaves. Row id = team and assignment.
 */
export const sharedWork = collection({
  name: 'sharedWork',
  lives: ['lab'],
  id: z.string().check(z.maxLength(170), z.regex(/^[\w-]{1,64}--[a-z0-9]+(-[a-z0-9]+)*$/)),
  fields: {
    team: lastWriter(AccountRow, { writers: 'server' }),
    assignment: lastWriter(ContentId, { writers: 'server' }),
    snapshot: lastWriter(z.nullable(Snapshot), { writers: 'server' }),
  },
})

/** A facilitator took a submission up. Row id = the submission's id. */
export const submissionReview = collection({
  name: 'submissionReview',
  lives: ['entry'],
  id: Uuid,
  writers: facilitators,
  fields: { from: insertOnly(PersonName) },
})

/** Feedback as it is being written: of the facilitators alone. Row id = the submission's id. */
export const feedbackDraft = collection({
  name: 'feedbackDraft',
  lives: ['review'],
  id: Uuid,
  writers: facilitators,
  fields: {
    team: insertOnly(AccountRow),
    assignment: insertOnly(ContentId),
    text: text(),
    verdict: lastWriter(z.enum(verdicts), { quiet: true }),
  },
})

/** Feedback as the team got it. */
export const feedback = collection({
  name: 'feedback',
  lives: ['entry'],
  id: Uuid,
  writers: facilitators,
  immutable: true,
  fields: {
    submission: insertOnly(Uuid),
    text: insertOnly(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_TEXT))),
    verdict: insertOnly(z.enum(verdicts)),
    from: insertOnly(PersonName),
    releasedAt: insertOnly(Moment),
  },
  indexes: ['submission'],
})

/** A word between team and facilitators about an assignment. */
export const message = collection({
  name: 'message',
  lives: ['entry'],
  id: Uuid,
  writers: [...takingPart, ...facilitators],
  immutable: true,
  fields: { assignment: insertOnly(ContentId), text: insertOnly(z.string().check(z.trim(), z.minLength(1), z.maxLength(MAX_LINE))), from: insertOnly(PersonName) },
  indexes: ['assignment'],
})

/** Another date for one team; null: taken back. Row id = the assignment's content id. */
export const extension = collection({
  name: 'extension',
  lives: ['entry'],
  id: ContentId,
  writers: facilitators,
  fields: { due: lastWriter(z.nullable(Moment), { quiet: true }) },
})

/** Up to when a person read what came in a lab. Row id = the lab for its announcements, lab and assignment for the feedback on one. */
export const labRead = collection({
  name: 'labRead',
  lives: ['person'],
  id: joinedIds(1, 2),
  fields: { at: lastWriter(Moment, { quiet: true }) },
})

/** Whether a person wants mail of this kind; without a row: yes. The link in a mail writes it too, through the server. */
export const mailChoice = collection({
  name: 'mailChoice',
  lives: ['person'],
  id: z.literal('labs'),
  fields: { wanted: lastWriter(z.boolean(), { quiet: true }) },
})

/** The people of a team. Written by the server from the accounts. Row id = person id. */
export const member = collection({
  name: 'member',
  lives: ['team'],
  id: AccountRow,
  fields: {
    name: lastWriter(z.string().check(z.maxLength(200)), { writers: 'server' }),
    role: lastWriter(z.enum(['lead', 'member']), { writers: 'server' }),
    left: lastWriter(z.boolean(), { writers: 'server' }),
  },
})

/*
 * The helpdesk. A question lives in the desk's space of the team; the team and the people of the helpdesk see it. Without a
 * team it waits in the person's own space, or on the device, and goes along as soon as there is a team.
 */
const asking: readonly Role[] = ['owner', 'member', 'lead']
const answering: readonly Role[] = ['desk']
/** What one person wrote in one message; never changed afterwards. */
const Message = z.string().check(z.minLength(1), z.maxLength(MAX_TEXT))
const asked = { group: 'asked', writers: asking } as const
const handled = { writers: answering, quiet: true } as const

export const questionTypes = ['information', 'advice'] as const
export type QuestionType = (typeof questionTypes)[number]

/** A question to the helpdesk. What was asked stays as it was asked; the desk says until when, by whom, and that it is closed. */
export const question = collection({
  name: 'question',
  lives: ['desk', 'person'],
  dossier: true,
  id: Uuid,
  fields: {
    type: insertOnly(z.enum(questionTypes), asked),
    /** A theme of the content. */
    theme: insertOnly(z.nullable(ContentId), asked),
    text: insertOnly(Message, asked),
    /** Where in the app it was asked. */
    context: insertOnly(z.nullable(z.strictObject({ path: z.string().check(z.maxLength(300), z.regex(/^\/(?!\/)\S*$/)), title: z.string().check(z.maxLength(200)) })), asked),
    /** A mail to the one who asked when there is an answer. */
    mail: insertOnly(z.boolean(), asked),
    /** The last day for the answer, where the desk states another than the usual one. */
    term: lastWriter(z.iso.date(), handled),
    /** The person of the helpdesk who sees to it. */
    assignee: lastWriter(z.nullable(AccountRow), handled),
    closed: lastWriter(z.boolean(), handled),
  },
  deletable: true,
  /** Once the desk may have seen it, a question stays. */
  deleters: ['owner'],
})

/** What is said under a question: by the team in `text`, by the helpdesk in `answer`. */
export const questionMessage = collection({
  name: 'questionMessage',
  lives: ['desk'],
  id: Uuid,
  fields: {
    question: insertOnly(Uuid),
    text: insertOnly(Message, { writers: ['member', 'lead'] }),
    answer: insertOnly(Message, { writers: answering }),
  },
})

/** That a question arrived, when and from whom. Written by the server; the yearly figures are counted from it. Row id = the question's. */
export const questionRegistration = collection({
  name: 'questionRegistration',
  lives: ['desk'],
  id: Uuid,
  fields: {
    receivedAt: insertOnly(Moment, { writers: 'server' }),
    asker: insertOnly(z.strictObject({ id: AccountRow, name: z.string().check(z.maxLength(200)) }), { writers: 'server' }),
    municipality: insertOnly(z.strictObject({ nis: z.string().check(z.regex(/^\d{5}$/)), name: z.string() }), { writers: 'server' }),
  },
})

/** A question and its answer without what tells who asked, proposed for the content that everybody reads. Row id = the question's. */
export const answerProposal = collection({
  name: 'answerProposal',
  lives: ['desk'],
  id: Uuid,
  fields: {
    question: text({ writers: answering }),
    answer: text({ writers: answering }),
  },
  deletable: true,
  deleters: answering,
})

/** How many answers to a question a person has read. Row id = the question's. */
export const questionRead = collection({
  name: 'questionRead',
  lives: ['person'],
  id: Uuid,
  fields: { answers: lastWriter(z.int().check(z.nonnegative()), { quiet: true }) },
})

const Side = z.object({ value: z.unknown(), stamp: z.string(), person: z.nullable(z.string()) })

/**
 * Two values for the same field, written without seeing each other. Inserted by the server when it merges.
 * Row id = `<collection>:<row>:<unit>:<losing stamp>`; a member marks it as settled.
 */
export const conflict = collection({
  name: 'conflict',
  lives: ['team', 'person'],
  id: z.string().check(z.minLength(1), z.maxLength(300)),
  fields: {
    collection: insertOnly(z.string(), { writers: 'server' }),
    row: insertOnly(z.string(), { writers: 'server' }),
    unit: insertOnly(z.string(), { writers: 'server' }),
    winner: insertOnly(Side, { writers: 'server' }),
    loser: insertOnly(Side, { writers: 'server' }),
    settledAt: lastWriter(Moment),
  },
  indexes: ['row'],
})

const helpdesk = { question, questionMessage, questionRegistration, answerProposal, questionRead } as const
const learningLabs = {
  assignmentAnswer,
  assignmentRow,
  lab,
  labTeam,
  candidacy,
  candidacyReply,
  labCandidate,
  labSession,
  labAssignment,
  announcement,
  submission,
  sharing,
  sharedWork,
  submissionReview,
  feedbackDraft,
  feedback,
  message,
  extension,
  labRead,
  mailChoice,
} as const
export const collections = { taskProgress, evidence, practiceUse, guideUse, filledWorksheet, worksheetRow, scanRound, pathOrder, planGoal, planAction, position, bookmark, member, ...helpdesk, ...learningLabs, conflict } as const
export type CollectionName = keyof typeof collections

/** A collection as readers name it: the definition, or just its name where the schemas are not needed. */
export type Handle = CollectionName | Collection<any>
export type DefinitionOf<H extends Handle> = H extends CollectionName ? (typeof collections)[H] : H

/** Looks a collection up by the name on the wire; undefined for one this version does not know. */
export function collectionNamed(name: string): Collection | undefined {
  return Object.hasOwn(collections, name) ? (collections as unknown as Record<string, Collection>)[name] : undefined
}

/** The definition behind a handle. */
export const definitionOf = (handle: Handle): Collection<any> => (typeof handle === 'string' ? collections[handle] : handle)
