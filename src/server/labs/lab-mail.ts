/**
 * Mails a team what happens in its lab. What happens close together is one mail for each person. Which mail tells what stands
 * in the database before anything is sent; a mail is then taken by one process, once. A mail server that says no is asked again.
 * A process that dies while it sends leaves the mail as it is: rather none than two, since the app shows the same.
 */
import { randomUUID } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { begunIn, dueDateWords, openDates, unreadIn } from '../../domain/lab-news.ts'
import type { PersonId } from '../../domain/ids.ts'
import { assignmentStateWords } from '../../domain/labs.ts'
import { personSpace } from '../../domain/spaces.ts'
import { labLetter, type LabDigest } from '../accounts/letters.ts'
import type { Letter } from '../accounts/mail.ts'
import type { Tables } from '../db/tables.ts'
import { faultFacts } from '../http/log.ts'
import type { ServerPort } from '../port.ts'
import { aboutDate, findNotices, type LastLook } from './lab-notices.ts'
import { labRows, teamInLab } from './lab-rows.ts'
import { offLink, wantsMail } from './mail-choice.ts'

type MailPort = Pick<ServerPort, 'db' | 'now' | 'mail' | 'config' | 'labContent' | 'log' | 'metrics' | 'stopping'>

const MINUTE_MS = 60_000
/** A mail leaves when nothing was added to it for `quiet`, at the latest when what is in it first waits for `longest`; both in ms. */
type Patience = { quiet: number; longest: number }
const patient: Patience = { quiet: 5 * MINUTE_MS, longest: 30 * MINUTE_MS }
/** Outside production: who tries it out sees at once what people would get. */
export const prompt: Patience = { quiet: 3_000, longest: 10_000 }
/** After each refusal of the mail server; then it is given up. */
const AGAIN_MS = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE_MS)

/** Finds what is new, and sends what is due. Run every minute, by every process; `last` is what this one keeps from round to round. */
export async function mailTeams(port: MailPort, last: LastLook = {}, patience = patient): Promise<void> {
  await findNotices(port.db, port.now(), last)
  await gather(port.db, port.now(), patience)
  for (let mail = await claim(port); mail; mail = await claim(port)) {
    // The others would wait as long for nothing: they are tried in the next rounds.
    if (!(await deliver(port, mail))) return
  }
}

/** Puts what waits for a person into a mail, once it has been quiet for a while. */
async function gather(db: Kysely<Tables>, now: number, { quiet, longest }: Patience): Promise<void> {
  const { rows } = await sql<{ person: string }>`
    select person from lab_notice where mail is null group by person
    having max(found_at) <= ${now - quiet} or min(found_at) <= ${now - longest} order by person`.execute(db)
  for (const { person } of rows) {
    await db.transaction().execute(async (trx) => {
      const waiting = await trx.selectFrom('lab_notice').select('about').where('person', '=', person).where('mail', 'is', null).orderBy('about').forUpdate().execute()
      // Another process was first.
      if (waiting.length === 0) return
      const id = randomUUID()
      await trx.insertInto('lab_mail').values({ id, person, made_at: now, next_try: now, sent_at: null }).execute()
      await trx.updateTable('lab_notice').set({ mail: id }).where('person', '=', person).where('about', 'in', waiting.map(({ about }) => about)).execute()
    })
  }
}

type Mailing = { id: string; person: string; tries: number }

/** The next mail that is due, for this process alone. */
async function claim({ db, now, stopping }: MailPort): Promise<Mailing | undefined> {
  if (stopping()) return undefined
  const { rows } = await sql<Mailing>`
    update lab_mail set next_try = null, tries = tries + 1
    where id = (select id from lab_mail where next_try <= ${now()} order by next_try, id limit 1 for update skip locked)
    returning id, person, tries`.execute(db)
  return rows[0]
}

/** What nodemailer calls a mail server that cannot be spoken to, as against one that refuses a letter. */
const UNREACHABLE = /^(ECONNECTION|ETIMEDOUT|ESOCKET|EDNS|ETLS|EAUTH)$/

/** False when there is no mail server to speak to. */
async function deliver(port: MailPort, mail: Mailing): Promise<boolean> {
  try {
    const letter = await letterOf(port, mail)
    if (!letter) return true
    await port.mail.send(letter)
  } catch (error) {
    port.metrics.count('opstap_mails_failed_total')
    port.log.error('mail-failed', faultFacts(error))
    const wait = AGAIN_MS[mail.tries - 1]
    if (wait !== undefined) await port.db.updateTable('lab_mail').set({ next_try: port.now() + wait }).where('id', '=', mail.id).execute()
    return !UNREACHABLE.test(String((error as { code?: unknown }).code))
  }
  await port.db.updateTable('lab_mail').set({ sent_at: port.now() }).where('id', '=', mail.id).execute()
  return true
}

/** As things are now; null for who wants no mail, and where nothing of it holds any more. */
async function letterOf(port: MailPort, { id, person }: Mailing): Promise<Letter | null> {
  const reader = await port.db.selectFrom('user').select('email').where('id', '=', person).executeTakeFirst()
  if (!reader || !(await wantsMail(port.db, person))) return null
  const labs = (await digestsOf(port, id, person)).filter(({ feedback, said, dates }) => feedback.length + said.length + dates.length > 0)
  if (labs.length === 0) return null
  const messageId = `<${id}@${new URL(port.config.publicUrl).hostname}>`
  return { ...labLetter(reader.email, labs, offLink(port.config, person)), messageId }
}

type Told = Pick<Tables['lab_notice'], 'about' | 'kind' | 'lab' | 'team' | 'item'>

/** By lab, of who is still in the team and of teams that still take part. */
async function digestsOf(port: MailPort, mail: string, person: string): Promise<LabDigest[]> {
  const { rows } = await sql<Told>`
    select told.about, told.kind, told.lab, told.team, told.item
    from lab_notice told
    join member on member."organizationId" = told.team and member."userId" = told.person
    join lab_team place on place.lab = told.lab and place.team = told.team and place.left_at is null
    where told.mail = ${mail} order by told.lab, told.team, told.about`.execute(port.db)
  const places = new Map<string, Told[]>()
  for (const told of rows) places.set(`${told.lab} ${told.team}`, [...(places.get(`${told.lab} ${told.team}`) ?? []), told])
  return Promise.all([...places.values()].map((told) => digestOf(port, person, told)))
}

/** Without what the person read in the app meanwhile. */
async function digestOf({ db, now, config, labContent }: MailPort, person: string, told: readonly Told[]): Promise<LabDigest> {
  const { lab, team } = told[0]!
  const rows = await teamInLab(db, lab, team)
  const link = `${config.publicUrl}/leerlabo/${lab}`
  const items = new Set(told.map(({ kind, item }) => `${kind}:${item}`))
  const abouts = new Set(told.map(({ about }) => about))
  const assignment = (id: string) => ({ title: labContent.assignments.get(id)?.title ?? id, link: `${link}/opdracht/${id}` })
  const unread = unreadIn(lab, rows, await labRows(db, personSpace(person as PersonId), ['labRead'], lab))
  const given = unread.given.filter(({ id }) => items.has(`feedback:${id}`))
  // Of two on one assignment the newer one counts.
  const newest = new Map([...given].sort((a, b) => a.at - b.at).map((one) => [one.assignment, one]))
  return {
    title: String(rows.lab.find(({ collection }) => collection === 'lab')?.values['title'] ?? 'je leerlabo'),
    link,
    feedback: [...newest.values()].map(({ assignment: id, verdict }) => ({ ...assignment(id), state: assignmentStateWords[verdict] })),
    said: unread.said.filter(({ id }) => items.has(`announcement:${id}`)).map(({ from }) => from),
    dates: openDates({ ...rows, begun: begunIn(rows.drafts, lab) })
      .filter((one) => one.due > now() && abouts.has(aboutDate(lab, team, one)))
      .map(({ assignment: id, due, state }) => ({ ...assignment(id), words: dueDateWords(due, now()), state: assignmentStateWords[state] })),
  }
}
