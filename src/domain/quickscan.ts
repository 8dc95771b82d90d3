/**
 * The quickscan as editors write it: parts with questions, when a question is asked, with which figure an answer is
 * compared, and which tasks of the path it brings forward.
 *
 * Answers are kept by the ids of question and option: texts may be reworded, an id that went out once stays what it is.
 */
import * as z from 'zod/mini'
import { ContentId } from './content-id.ts'
import { maturities } from './maturity.ts'

const Text = z.string().check(z.trim(), z.minLength(1))

function eachIdOnce<T extends { id: string }>({ value, issues }: z.core.ParsePayload<T[]>): void {
  for (const [index, { id }] of value.entries()) {
    if (value.findIndex((other) => other.id === id) === index) continue
    issues.push({ code: 'custom', input: value, path: [index, 'id'], message: `id "${id}" staat er twee keer` })
  }
}

/** Holds where the question was answered with one of these options. */
const Condition = z.strictObject({ question: ContentId, is: z.array(ContentId).check(z.minLength(1)) })
export type Condition = z.infer<typeof Condition>

/** A task of the path that an answer brings forward, and why: a sentence that people read beside it. */
const Brings = z.strictObject({ task: ContentId, because: Text.check(z.maxLength(200)) })

const Option = z.strictObject({
  id: ContentId,
  label: Text,
  /** Offered only where this holds: what follows up on an earlier answer. */
  showIf: z.optional(Condition),
  /** The label of the row of the question's figure that this answer stands beside. */
  row: z.optional(Text),
  stage: z.optional(z.enum(maturities)),
  brings: z._default(z.array(Brings), []),
  /** Goes with no other answer: `Geen van bovenstaande`. */
  alone: z._default(z.boolean(), false),
})
export type ScanOption = z.infer<typeof Option>

const Question = z.strictObject({
  id: ContentId,
  label: Text,
  help: z.optional(Text),
  kind: z.enum(['choice', 'multiChoice']),
  /** Asked only where this holds. */
  showIf: z.optional(Condition),
  /** The figure with which the answer is compared; `row` of an option names its rows. */
  figure: z.optional(ContentId),
  options: z.array(Option).check(z.minLength(2), eachIdOnce),
})
export type ScanQuestion = z.infer<typeof Question>

const Part = z.strictObject({
  id: ContentId,
  title: Text.check(z.maxLength(60)),
  /** Passed over as a whole where this holds. */
  skipIf: z.optional(Condition),
  /** What it says of a municipality that it begins, grows or leads in this, one sentence each. Left out: nothing is said. */
  stages: z.optional(z.strictObject({ starter: Text, growing: Text, frontrunner: Text })),
  questions: z.array(Question).check(z.minLength(1)),
})
export type ScanPart = z.infer<typeof Part>

/** Two questions with one id would share their answers; a condition looks back, at an answer that exists. */
function questionsFit({ value, issues }: z.core.ParsePayload<ScanPart[]>): void {
  const asked = new Map<string, readonly { id: string }[]>()
  const complain = (path: PropertyKey[], message: string) => issues.push({ code: 'custom', input: value, path, message })
  const look = (condition: Condition | undefined, path: PropertyKey[]) => {
    if (!condition) return
    const options = asked.get(condition.question)
    if (!options) return complain([...path, 'question'], `geen eerdere vraag "${condition.question}"`)
    for (const [at, id] of condition.is.entries()) if (!options.some((option) => option.id === id)) complain([...path, 'is', at], `vraag "${condition.question}" heeft geen antwoord "${id}"`)
  }
  for (const [at, { skipIf, stages: told, questions }] of value.entries()) {
    look(skipIf, [at, 'skipIf'])
    for (const [index, { id, showIf, figure, options }] of questions.entries()) {
      const path = [at, 'questions', index]
      if (asked.has(id)) complain([...path, 'id'], `id "${id}" staat er twee keer`)
      look(showIf, [...path, 'showIf'])
      for (const [number, option] of options.entries()) {
        look(option.showIf, [...path, 'options', number, 'showIf'])
        if (option.row && !figure) complain([...path, 'options', number, 'row'], 'mag enkel bij een vraag met figure')
        if (option.stage && !told) complain([...path, 'options', number, 'stage'], 'mag enkel in een deel met stages')
      }
      asked.set(id, options)
    }
  }
}

export const ScanParts = z.array(Part).check(z.minLength(1), eachIdOnce, questionsFit)
