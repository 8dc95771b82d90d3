/** Whether someone wants mail about labs. Chosen in the app, or by the link in a mail, which needs no account at hand. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Kysely } from 'kysely'
import * as z from 'zod/mini'
import { PersonId } from '../../domain/ids.ts'
import { personSpace } from '../../domain/spaces.ts'
import type { Config } from '../config.ts'
import type { Tables } from '../db/tables.ts'
import { pageAnswer } from '../http/answer.ts'
import { open, refused } from '../http/route.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer } from '../sync/server-write.ts'

/** Yes, until someone says no. */
export async function wantsMail(db: Kysely<Tables>, person: string): Promise<boolean> {
  const row = await db
    .selectFrom('sync_row')
    .select('row_values')
    .where('space', '=', personSpace(person as PersonId))
    .where('collection', '=', 'mailChoice')
    .where('id', '=', 'labs')
    .executeTakeFirst()
  return !row || (JSON.parse(row.row_values) as { wanted?: boolean }).wanted !== false
}

const signatureOf = (secret: string, person: string): string => createHmac('sha256', secret).update(`lab-mail-off\n${person}`).digest('base64url')

/** The address in each mail; it can only switch this person's mail about labs off. */
export const offLink = ({ publicUrl, secret }: Pick<Config & { secret: string }, 'publicUrl' | 'secret'>, person: string): string =>
  `${publicUrl}/api/lab-mail/off/${person}.${signatureOf(secret, person)}`

/** Whose mail the token switches off; null for one that this server never gave, and for an account that is gone. */
async function personIn({ db, config }: Pick<ServerPort, 'db' | 'config'>, token: string): Promise<PersonId | null> {
  const [person = '', signature = ''] = token.split('.')
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(config.secret, person))]
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null
  const account = await db.selectFrom('user').select('id').where('id', '=', person).executeTakeFirst()
  return account ? PersonId.parse(account.id) : null
}

const path = '/api/lab-mail/off/:token'
const params = z.object({ token: z.string().check(z.maxLength(200)) })
const shared = { path, params, answer: z.void(), document: { media: 'text/html' } } as const

/** Programs that look at every link of a mail open this too: it changes nothing. */
export const offPageRoute = open({
  ...shared,
  method: 'get',
  summary: 'De bladzijde van de link in een mail: met een knop om geen mail over leerlabo’s meer te krijgen.',
  problems: ['not_found'],
  async handle({ port, params }) {
    const person = await personIn(port, params.token)
    if (!person) return pageAnswer('Deze link werkt niet', '<p>De link is niet volledig, of de account bestaat niet meer.</p><p><a href="/account">Kies in Opstap zelf welke mail je wilt</a></p>', 404)
    if (!(await wantsMail(port.db, person))) return off()
    return pageAnswer(
      'Geen mail meer over leerlabo’s?',
      '<p>Je krijgt nu een mail als je team feedback krijgt, als je begeleider een bericht plaatst, en drie dagen voor iets binnen moet zijn. In Opstap blijf je dat alles zien.</p><form method="post"><button type="submit">Stuur me geen mail meer</button></form>',
    )
  },
})

/** Also what a mail program asks by itself when someone presses its own button (RFC 8058). */
export const offRoute = open({
  ...shared,
  method: 'post',
  summary: 'Zet de mail over leerlabo’s uit, zonder aanmelden. Ook voor de knop van mailprogramma’s (RFC 8058).',
  problems: ['not_found'],
  async handle({ port, params }) {
    const person = await personIn(port, params.token)
    if (!person) return refused('not_found')
    if (await wantsMail(port.db, person)) await writeAsServer(port, [{ space: personSpace(person), collection: 'mailChoice', row: 'labs', set: { wanted: false } }])
    return off()
  },
})

const off = () => pageAnswer('Je krijgt geen mail meer over leerlabo’s', '<p>In Opstap zie je nog altijd alles wat nieuw is.</p><p><a href="/account">Toch weer mail? Zet het aan bij je account</a></p>')
