/** What people do with questions: each is one write on this device, that travels by itself. */
import type { TextValue } from '../../../domain/collection.ts'
import { answerProposal, question, questionMessage, questionRead, type QuestionType } from '../../../domain/collections.ts'
import type { PlacedQuestion } from '../../db/questions.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'
import { newRowId } from '../../sync/new-row-id.ts'

export type Asking = { type: QuestionType; theme: string | null; text: string; context: { path: string; title: string } | null; mail: boolean }

export async function ask(client: Client, asking: Asking): Promise<{ id: string; written: Written }> {
  const id = newRowId(client.env)
  return { id, written: await client.write(question, id, asking) }
}

type Place = Pick<PlacedQuestion, 'id' | 'space'>

/** Of the team, under its own question. */
export const addMessage = (client: Client, { id, space }: Place, text: string): Promise<Written> =>
  client.write(questionMessage, newRowId(client.env), { question: id, text }, space)

/** Takes back a question that nobody else saw yet. */
export const withdraw = (client: Client, { id, space }: Place): Promise<Written> => client.write(question, id, { deleted: true }, space)

export const markRead = (client: Client, id: string, answers: number): Promise<Written> => client.write(questionRead, id, { answers })

/** Of the helpdesk. Who answers a question that nobody took, takes it. */
export async function answer(client: Client, one: Place & Pick<PlacedQuestion, 'assignee'>, text: string, me: string): Promise<Written> {
  const written = await client.write(questionMessage, newRowId(client.env), { question: one.id, answer: text }, one.space)
  if (written.kind === 'written' && one.assignee === null) await assign(client, one, me)
  return written
}

export const assign = (client: Client, { id, space }: Place, person: string | null): Promise<Written> => client.write(question, id, { assignee: person }, space)
export const setTerm = (client: Client, { id, space }: Place, term: string): Promise<Written> => client.write(question, id, { term }, space)
export const setClosed = (client: Client, { id, space }: Place, closed: boolean): Promise<Written> => client.write(question, id, { closed }, space)

export const writeProposal = (client: Client, { id, space }: Place, set: { question?: TextValue; answer?: TextValue }): Promise<Written> => client.write(answerProposal, id, set, space)
export const setProposed = (client: Client, { id, space }: Place, proposed: boolean): Promise<Written> => client.write(answerProposal, id, { deleted: !proposed }, space)
