/** What a learning lab goes through: sessions over four phases, and the assignments between them. */
import * as z from 'zod/mini'
import { ContentId } from './content-id.ts'

const Text = z.string().check(z.trim(), z.minLength(1))

/** The phases of service design that a lab goes through (VVSG, action sheets, learning lab on local gender policy). */
export const labPhases = ['insight', 'definition', 'ideation', 'testing'] as const
export type LabPhase = (typeof labPhases)[number]

export const labPhaseWords: Record<LabPhase, string> = { insight: 'Inzicht', definition: 'Definitie', ideation: 'Ideevorming', testing: 'Testing' }

export const gatherings = ['online', 'inPerson', 'coaching'] as const
export const gatheringWords: Record<(typeof gatherings)[number], string> = { online: 'Online', inPerson: 'Samen ter plaatse', coaching: 'Coaching per bestuur' }

/** One session of a template. A facilitator dates it; its words stay those of the template. */
export const LabSession = z.strictObject({
  id: ContentId,
  title: Text.check(z.maxLength(90)),
  phase: z.enum(labPhases),
  gathering: z.enum(gatherings),
  minutes: z.int().check(z.gte(30), z.lte(480)),
  goal: Text,
  agenda: z.array(Text).check(z.minLength(2)),
  /** What to do or bring beforehand, each a short sentence. */
  preparation: z.array(Text).check(z.minLength(1)),
  /** What to do after this session, by the ids of assignments. */
  assignments: z.array(ContentId).check(z.minLength(1)),
})
export type LabSession = z.infer<typeof LabSession>

/** Two sessions with one id would share their date; an assignment given twice would share its answers. */
function eachOnce({ value, issues }: z.core.ParsePayload<LabSession[]>): void {
  const complain = (path: PropertyKey[], message: string) => issues.push({ code: 'custom', input: value, path, message })
  const given = value.flatMap(({ assignments }, session) => assignments.map((id, index) => ({ id, path: [session, 'assignments', index] })))
  for (const [index, { id }] of value.entries()) if (value.findIndex((other) => other.id === id) < index) complain([index, 'id'], `id "${id}" staat er twee keer`)
  for (const [index, { id, path }] of given.entries()) if (given.findIndex((other) => other.id === id) < index) complain(path, `opdracht "${id}" staat er twee keer`)
  for (const [index, { phase }] of value.entries()) {
    if (index > 0 && labPhases.indexOf(phase) < labPhases.indexOf(value[index - 1]!.phase)) complain([index, 'phase'], 'de fasen staan niet op volgorde')
  }
}
export const LabSessions = z.array(LabSession).check(z.minLength(1), eachOnce)
