/** What the server does when a question or an answer of the helpdesk arrives: it registers the one and tells of the other. */
import { sql } from 'kysely'
import type { ServerPort } from '../port.ts'
import { answerLetter } from '../accounts/letters.ts'
import { shownName } from '../accounts/access.ts'
import { faultFacts } from '../http/log.ts'
import type { Outcome } from '../sync/apply.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'
import type { SpaceId } from '../../domain/ids.ts'
import { kindOf } from '../../domain/spaces.ts'

type QuestionPort = Pick<ServerPort, 'db' | 'now' | 'epoch' | 'pokes' | 'postbox' | 'config' | 'log'>

/** After a device sent something. What goes wrong here is the server's: the device's work is stored and stays so. */
export async function takeQuestions(port: QuestionPort, outcomes: readonly Outcome[]): Promise<void> {
  const arrived = outcomes.filter(({ status, mutation }) => status === 'applied' && kindOf(mutation.space) === 'desk').map(({ mutation }) => mutation)
  if (arrived.length === 0) return
  try {
    const asked = arrived.filter(({ collection, set }) => collection === 'question' && 'text' in set)
    if (asked.length > 0) await registerQuestions(port, [...new Set(asked.map(({ space }) => space))])
    for (const { collection, space, set } of arrived) if (collection === 'questionMessage' && 'answer' in set) await tellAsker(port, space, set['question'])
  } catch (error) {
    port.log.error('fault', faultFacts(error))
  }
}

type Unregistered = { space: SpaceId; id: string; person: string; name: string; email: string; nis: string; municipality: string }

/** Registers each question that is not registered yet. At start for every team, since a process may stop between the two writes. */
export async function registerQuestions(port: QuestionPort, spaces?: readonly SpaceId[]): Promise<void> {
  const { rows } = await sql<Unregistered>`
    select asked.space, asked.id, person.id as person, person.name, person.email, team.slug as nis, team.name as municipality
    from sync_row asked
    join organization team on asked.space = 'desk:' || team.id
    join "user" person on person.id = asked.authors::json ->> 'asked'
    where asked.collection = 'question' ${spaces ? sql`and asked.space = any(${[...spaces]}::text[])` : sql``}
      and not exists (select 1 from sync_row done where done.space = asked.space and done.collection = 'questionRegistration' and done.id = asked.id)`.execute(port.db)
  if (rows.length === 0) return
  const receivedAt = new Date(port.now()).toISOString()
  await writeAsServer(
    port,
    rows.map(({ space, id, person, name, email, nis, municipality }): ServerChange => ({
      space,
      collection: 'questionRegistration',
      row: id,
      set: { receivedAt, asker: { id: person, name: shownName({ name, email }) }, municipality: { nis, name: municipality } },
    })),
  )
}

/** A mail to the one who asked, when that person wanted it and is still in the team. */
async function tellAsker(port: QuestionPort, space: SpaceId, question: unknown): Promise<void> {
  const asked = await port.db
    .selectFrom('sync_row')
    .select(['row_values', 'authors'])
    .where('space', '=', space)
    .where('collection', '=', 'question')
    .where('id', '=', String(question))
    .executeTakeFirst()
  if (!asked || (JSON.parse(asked.row_values) as { mail?: unknown }).mail !== true) return
  const { asked: person } = JSON.parse(asked.authors) as { asked?: string | null }
  if (!person) return
  const reader = await port.db
    .selectFrom('user')
    .innerJoin('member', 'member.userId', 'user.id')
    .select('user.email')
    .where('user.id', '=', person)
    .where('member.organizationId', '=', space.slice('desk:'.length))
    .executeTakeFirst()
  if (reader) port.postbox.post(answerLetter(reader.email, String(question), port.config.publicUrl))
}
