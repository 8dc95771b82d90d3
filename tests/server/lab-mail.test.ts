import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { stampOf } from '../../src/domain/clock.ts'
import type { ClientId } from '../../src/domain/ids.ts'
import type { SessionView } from '../../src/domain/session.ts'
import { SyncAnswer } from '../../src/protocol/sync.ts'
import { demonstrate } from '../../src/server/accounts/demonstration.ts'
import { forget } from '../../src/server/accounts/retention.ts'
import type { LastLook } from '../../src/server/labs/lab-notices.ts'
import { mailTeams } from '../../src/server/labs/lab-mail.ts'
import { backUp } from '../../src/server/ops/backup.ts'
import { restore } from '../../src/server/ops/restore.ts'
import { engines, type TestDatabase } from '../support/database.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

type Person = Awaited<ReturnType<TestServer['signIn']>>
type Change = { space: string; collection: string; row: string; set: Record<string, unknown> }

const LAB = 'labvanvlaand'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Monday 23 November 2026, 10.00 in Brussels. */
const MONDAY = Date.UTC(2026, 10, 23, 9)
const snapshot = { version: 1, title: 'Persona', fields: [{ id: 'wie', kind: 'shortText', label: 'Wie?' }], answers: { wie: 'Zonnebloem' } }
const iso = (moment: number) => new Date(moment).toISOString()

describe.each(engines)('mail about labs on $name', (engine) => {
  let database: TestDatabase
  let server: TestServer
  let time: number
  let numbers = 0
  let refusing: Error | null
  /** What a process keeps from round to round; a restarted one begins without. */
  let last: LastLook
  let bart: Person, an: Person, bo: Person, cas: Person
  let damme: string, zuienkerke: string

  const start = () => {
    last = {}
    return startTestServer({ database, now: () => time, send: async () => void (refusing && (await Promise.reject(refusing))) })
  }
  const inTeam = async (email: string, nis: string) => {
    const person = await server.signIn(email)
    return { person, team: ((await (await person.post('/api/team/join', { nis })).json()) as SessionView).teams[0]!.id }
  }

  /** A lab of Bart with Damme (An, Bo) and Zuienkerke (Cas) in it. */
  beforeEach(async () => {
    database = await engine.open()
    time = MONDAY
    numbers = 0
    refusing = null
    server = await start()
    bart = await server.signIn('bart@x.example')
    await server.db.insertInto('person_role').values({ person: bart.session.person.id, role: 'facilitator' }).execute()
    ;({ person: an, team: damme } = await inTeam('an@x.example', '31006'))
    ;({ person: cas, team: zuienkerke } = await inTeam('cas@x.example', '31042'))
    bo = await server.signIn('bo@x.example')
    await bo.post('/api/team/join', { nis: '31006' })
    const [request] = ((await (await an.request('/api/team/requests')).json()) as { requests: { id: string }[] }).requests
    if (request) await an.post(`/api/team/requests/${request.id}`, { decision: 'approve' })
    await bart.post('/api/labs', { id: LAB, template: 'leerlabo-genderbeleid', title: 'Ons labo' })
    for (const nis of ['31006', '31042']) await bart.post(`/api/labs/${LAB}/teams`, { nis })
    server.letters.length = 0
    time += HOUR
  })
  afterEach(async () => {
    await server.close()
    await database.close()
  })

  const clientOf = (person: Person) => person.session.person.id.toLowerCase().replace(/[^a-z0-9]/g, '').padEnd(10, '0').slice(0, 10) as ClientId
  const mutation = (person: Person, change: Change, at = time) => {
    numbers += 1
    return { id: uuidv7(), client: clientOf(person), n: numbers, schema: 1, at, hlc: stampOf({ ms: at, counter: numbers }, clientOf(person)), base: {}, ...change }
  }
  const push = async (person: Person, mutations: unknown[]) => {
    const answer = await person.post('/api/sync', { proto: 1, schema: 1, client: clientOf(person), person: person.session.person.id, epoch: null, now: time, measured: true, cursors: {}, mutations })
    expect(answer.status).toBe(200)
    for (const { status } of SyncAnswer.parse(await answer.json()).acks) expect(status).toBe('applied')
  }
  const write = (person: Person, ...changes: Change[]) => push(person, changes.map((change) => mutation(person, change)))

  const submit = async (person: Person, team: string, assignment: string) => {
    const id = uuidv7()
    await write(person, { space: `entry:${LAB}:${team}`, collection: 'submission', row: id, set: { assignment, snapshot, from: 'An' } })
    return id
  }
  const feedbackOn = (team: string, submission: string, verdict = 'feedbackGiven'): Change => ({
    space: `entry:${LAB}:${team}`, collection: 'feedback', row: uuidv7(), set: { submission, text: 'Vraag het aan de jeugdwerker.', verdict, from: 'Bart', releasedAt: iso(time) },
  })
  const announcement = (): Change => ({ space: `lab:${LAB}`, collection: 'announcement', row: uuidv7(), set: { text: 'Een andere zaal.', from: 'Bart' } })
  const date = (assignment: string, due: number): Change => ({ space: `lab:${LAB}`, collection: 'labAssignment', row: assignment, set: { due: iso(due) } })
  const extension = (team: string, assignment: string, due: number | null): Change => ({ space: `entry:${LAB}:${team}`, collection: 'extension', row: assignment, set: { due: due === null ? null : iso(due) } })

  /** What the process does each minute, for so long. */
  const pass = async (ms: number, step = MINUTE) => {
    for (const until = time + ms; time < until; ) {
      time = Math.min(until, time + step)
      await mailTeams(server.port, last)
    }
  }
  const addressees = () => server.letters.map(({ to }) => to).toSorted()

  test('tells each member of the team once, in one mail, what was released together', async () => {
    const sent = [await submit(an, damme, 'onze-vertrekpositie'), await submit(an, damme, 'persona'), await submit(an, damme, 'reis')]
    await write(bart, ...sent.slice(0, 2).map((one) => feedbackOn(damme, one, 'toComplete')))
    await pass(3 * MINUTE)
    await write(bart, feedbackOn(damme, sent[2]!, 'done'))
    await pass(4 * MINUTE)
    expect(server.letters).toEqual([])
    await pass(2 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example'])
    const [letter] = server.letters
    expect(letter).toMatchObject({ subject: 'Nieuws uit Ons labo', messageId: expect.stringMatching(/^<[\w-]{36}@localhost>$/) })
    expect(letter!.text).toContain('Er is nieuws uit Ons labo.\n\nJe team kreeg feedback:\n\n')
    expect(letter!.text).toContain(`- Waar staan we?: Aan te vullen\n  http://localhost:3000/leerlabo/${LAB}/opdracht/onze-vertrekpositie`)
    expect(letter!.text).toContain(`- Teken de weg: Afgerond\n  http://localhost:3000/leerlabo/${LAB}/opdracht/reis`)
    expect(letter!.html).toContain('lang="nl-BE"')
    expect(letter!.text + letter!.html).not.toContain('jeugdwerker')
    await pass(2 * HOUR, 10 * MINUTE)
    expect(server.letters).toHaveLength(2)
  })

  test('does not wait for ever where something new comes every few minutes', async () => {
    for (let round = 0; round < 12; round += 1) {
      await write(bart, announcement())
      await pass(3 * MINUTE)
    }
    expect(server.letters.filter(({ to }) => to === 'an@x.example')).toHaveLength(1)
    await pass(10 * MINUTE)
    const counts = server.letters.filter(({ to }) => to === 'an@x.example').map(({ text }) => Number(/Er zijn (\d+) nieuwe berichten van Bart/.exec(text)?.[1] ?? 1))
    expect(counts).toEqual([11, 1])
  })

  test('brings an announcement to every team, without its words, and not when it was taken back in time', async () => {
    const [kept, gone] = [announcement(), announcement()]
    await write(bart, kept)
    await pass(6 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
    expect(server.letters[0]).toMatchObject({ subject: 'Nieuw bericht in Ons labo', text: expect.stringContaining(`Bart plaatste een bericht.\n\nLees het bericht:\nhttp://localhost:3000/leerlabo/${LAB}\n`) })
    expect(server.letters[0]!.text).not.toContain('andere zaal')
    await write(bart, gone)
    await pass(2 * MINUTE)
    await write(bart, { ...gone, set: { deleted: true } })
    await pass(10 * MINUTE)
    await write(bart, { ...gone, set: { deleted: false } })
    await pass(10 * MINUTE)
    expect(server.letters).toHaveLength(3)
  })

  test('leaves out what someone read in the app meanwhile', async () => {
    const sent = await submit(an, damme, 'persona')
    await write(bart, announcement(), feedbackOn(damme, sent))
    await pass(2 * MINUTE)
    const read = (row: string): Change => ({ space: `person:${an.session.person.id}`, collection: 'labRead', row, set: { at: iso(time) } })
    await write(an, read(LAB))
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
    const subjectTo = (email: string) => server.letters.find(({ to }) => to === email)!.subject
    expect([subjectTo('an@x.example'), subjectTo('bo@x.example')]).toEqual(['Feedback op “Maak één mens”', 'Nieuws uit Ons labo'])
    await write(bart, feedbackOn(damme, sent))
    await pass(2 * MINUTE)
    await write(an, read(`${LAB}--persona`))
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'bo@x.example', 'cas@x.example'])
  })

  test('says nothing of another team, to who came later, and to who left', async () => {
    const sent = await submit(cas, zuienkerke, 'persona')
    await write(bart, feedbackOn(zuienkerke, sent))
    await pass(2 * MINUTE)
    const { person: eva } = await inTeam('eva@x.example', '31042')
    await cas.post(`/api/team/members/${eva.session.person.id}`, { team: zuienkerke, role: 'lead' })
    server.letters.length = 0
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['cas@x.example'])

    server.letters.length = 0
    await write(bart, announcement())
    await pass(MINUTE)
    await bart.request(`/api/labs/${LAB}/teams/${damme}`, { method: 'DELETE' })
    await cas.request(`/api/team/members/${eva.session.person.id}?team=${zuienkerke}`, { method: 'DELETE' })
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['cas@x.example'])
  })

  test('reminds three days before the date of what was not sent, in the morning, and not after sending', async () => {
    const friday = Date.UTC(2026, 10, 27, 16)
    await write(bart, date('persona', friday), date('reis', friday))
    await submit(an, damme, 'reis')
    await submit(cas, zuienkerke, 'persona')
    await write(bo, { space: `team:${damme}`, collection: 'assignmentAnswer', row: `${LAB}--persona`, set: { 'value.wie': 'Iemand' } })
    await pass(Date.UTC(2026, 10, 24, 6, 59) - time, HOUR)
    expect(server.letters).toEqual([])
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
    const to = (email: string) => server.letters.find((letter) => letter.to === email)!
    expect(to('bo@x.example').subject).toBe('Binnenkort te versturen: “Maak één mens”')
    expect(to('bo@x.example').text).toContain(`Dit moet je team nog versturen:\n\n- Maak één mens: tegen vrijdag 27 november 2026, 17.00 uur (nog 3 dagen). Nu: Concept\n  http://localhost:3000/leerlabo/${LAB}/opdracht/persona`)
    expect(to('cas@x.example').text).toContain('- Teken de weg: tegen vrijdag 27 november 2026, 17.00 uur (nog 3 dagen). Nu: Niet begonnen')
    await pass(5 * DAY, 2 * HOUR)
    expect(server.letters).toHaveLength(3)
  })

  test('goes by an extension, also one that comes after the reminder', async () => {
    await write(bart, date('persona', Date.UTC(2026, 10, 27, 16)), extension(zuienkerke, 'persona', Date.UTC(2026, 11, 4, 16)))
    await pass(Date.UTC(2026, 10, 24, 12) - time, HOUR)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example'])
    await write(bart, extension(damme, 'persona', Date.UTC(2026, 11, 4, 16)))
    await pass(Date.UTC(2026, 11, 1, 12) - time, HOUR)
    expect(addressees()).toEqual(['an@x.example', 'an@x.example', 'bo@x.example', 'bo@x.example', 'cas@x.example'])
    await write(bart, extension(damme, 'persona', null))
    await pass(5 * DAY, 2 * HOUR)
    expect(server.letters).toHaveLength(5)
  })

  test('takes back a reminder when the team sends before the mail leaves', async () => {
    await write(bart, date('persona', Date.UTC(2026, 10, 26, 16)))
    await pass(2 * MINUTE)
    await submit(an, damme, 'persona')
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['cas@x.example'])
  })

  test('tries again where the mail server says no, with the same mail, and gives up in the end', async () => {
    refusing = Object.assign(new Error('450 later'), { code: 'EENVELOPE' })
    const sent = await submit(an, damme, 'persona')
    await write(bart, feedbackOn(damme, sent))
    await pass(8 * MINUTE)
    expect(server.letters).toEqual([])
    expect(server.logged().filter(({ event }) => event === 'mail-failed').length).toBeGreaterThanOrEqual(2)
    refusing = null
    await write(bart, announcement())
    await pass(HOUR)
    const mails = server.letters.filter(({ to }) => to === 'an@x.example')
    expect(mails.map(({ subject }) => subject).toSorted()).toEqual(['Feedback op “Maak één mens”', 'Nieuw bericht in Ons labo'])
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(2)

    refusing = new Error('550 never')
    await write(bart, announcement())
    await pass(2 * DAY, 30 * MINUTE)
    refusing = null
    server.letters.length = 0
    await pass(2 * DAY, HOUR)
    expect(server.letters).toEqual([])
  })

  test('asks a mail server that is not there once a minute, not once for every mail', async () => {
    refusing = Object.assign(new Error('connect'), { code: 'ESOCKET' })
    await write(bart, announcement())
    await pass(7 * MINUTE)
    const failed = () => server.logged().filter(({ event }) => event === 'mail-failed').length
    expect(failed()).toBe(2)
    refusing = null
    await pass(10 * MINUTE)
    expect(failed()).toBe(2)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
  })

  test('is forgotten after a year, except for what would be told again', async () => {
    await write(bart, announcement(), date('persona', time + 2 * DAY))
    await pass(10 * MINUTE)
    time += 366 * DAY
    await forget(server.db, time)
    expect(await server.db.selectFrom('lab_mail').select('id').execute()).toEqual([])
    expect(new Set((await server.db.selectFrom('lab_notice').select('kind').execute()).map(({ kind }) => kind))).toEqual(new Set(['announcement']))
    await pass(10 * MINUTE)
    expect(server.letters.filter(({ to }) => to === 'an@x.example')).toHaveLength(1)
  })

  test('survives a restart, and sends nothing twice', async () => {
    const sent = await submit(an, damme, 'persona')
    await write(bart, feedbackOn(damme, sent))
    await pass(2 * MINUTE)
    await server.close()
    server = await start()
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example'])
    await server.close()
    server = await start()
    await pass(HOUR, 5 * MINUTE)
    expect(server.letters).toEqual([])
  })

  test('is sent once by two processes', async () => {
    const other = await start()
    const sent = await submit(an, damme, 'persona')
    await write(bart, feedbackOn(damme, sent), announcement(), date('reis', time + 2 * DAY))
    for (let minutes = 0; minutes < 12; minutes += 1) {
      time += MINUTE
      await Promise.all([server, other, server, other].map(({ port }) => mailTeams(port)))
    }
    const all = [...server.letters, ...other.letters]
    await other.close()
    expect(all.map(({ to }) => to).toSorted()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
    expect(all.find(({ to }) => to === 'an@x.example')!.text).toMatch(/Je team kreeg feedback[^]+plaatste een bericht[^]+Dit moet je team nog versturen/)
  })

  test('that waits for its next try is taken by one process, however many reach for it', async () => {
    const others = await Promise.all([start(), start(), start()])
    const processes = [server, ...others].flatMap((one) => [one, one])
    for (let turn = 0; turn < 4; turn += 1) {
      refusing = new Error('450 later')
      await write(bart, announcement())
      await pass(6 * MINUTE)
      refusing = null
      time += MINUTE
      await Promise.all(processes.map(({ port }) => mailTeams(port)))
    }
    const all = [server, ...others].flatMap(({ letters }) => letters)
    for (const other of others) await other.close()
    expect(all.map(({ to, messageId }) => `${to} ${messageId}`)).toHaveLength(12)
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(12)
  })

  test('is not sent by a process that stops', async () => {
    await write(bart, announcement())
    await pass(4 * MINUTE)
    server.port.stop()
    await pass(5 * MINUTE)
    expect(server.letters).toEqual([])
  })

  test('is switched off by the link in it, without signing in, by a press and not by a look; and on again in the app', async () => {
    await write(bart, announcement())
    await pass(6 * MINUTE)
    const letter = server.letters.find(({ to }) => to === 'an@x.example')!
    const address = letter.headers!['List-Unsubscribe']!.slice(1, -1)
    expect(letter.headers!['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(letter.text).toContain(address)
    const off = new URL(address).pathname
    const mailed = async () => {
      server.letters.length = 0
      await write(bart, announcement())
      await pass(6 * MINUTE)
      return addressees()
    }

    for (let look = 0; look < 2; look += 1) {
      const page = await server.request(off)
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(await page.text()).toContain('<form method="post"><button type="submit">Stuur me geen mail meer</button></form>')
      await server.request(off, { method: 'HEAD' })
    }
    expect(await mailed()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])

    const pressed = await server.request(off, { method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(pressed.status).toBe(200)
    expect(await pressed.text()).toContain('Je krijgt geen mail meer over leerlabo’s')
    expect((await server.request(off, { method: 'POST' })).status).toBe(200)
    expect(await (await server.request(off)).text()).not.toContain('<form')
    expect(await mailed()).toEqual(['bo@x.example', 'cas@x.example'])

    await write(an, { space: `person:${an.session.person.id}`, collection: 'mailChoice', row: 'labs', set: { wanted: true } })
    expect(await mailed()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
  })

  test('is not switched off by a link that was made up, changed, or of an account that is gone', async () => {
    await write(bart, announcement())
    await pass(6 * MINUTE)
    const off = (email: string) => new URL(server.letters.find(({ to }) => to === email)!.headers!['List-Unsubscribe']!.slice(1, -1)).pathname
    const signature = (path: string) => path.split('.')[1]!
    const [ofAn, ofBo] = [off('an@x.example'), off('bo@x.example')]
    const wrong = [ofAn.replace(signature(ofAn), signature(ofBo)), ofAn.slice(0, -1), `${ofAn}x`, ofAn.split('.')[0]!, '/api/lab-mail/off/.', '/api/lab-mail/off/%00.%00']
    for (const path of wrong) {
      expect((await server.request(path)).status, path).toBe(404)
      expect((await server.request(path, { method: 'POST' })).status, path).toBe(404)
    }
    expect((await bo.request('/api/account', { method: 'DELETE' })).status).toBe(200)
    expect((await server.request(ofBo, { method: 'POST' })).status).toBe(404)
    server.letters.length = 0
    await write(bart, announcement())
    await pass(6 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'cas@x.example'])
  })

  test('does not come again after a restore, by what devices write back or by what the backup still had to send', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opstap-lab-mail-'))
    const sent = await submit(an, damme, 'persona')
    const early = feedbackOn(damme, sent)
    await write(bart, early)
    await pass(2 * MINUTE)
    await backUp(database.db, join(folder, 'backup'), time)
    const late = mutation(bart, announcement())
    await push(bart, [late])
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])

    time += HOUR
    await restore(database, join(folder, 'backup'), time)
    rmSync(folder, { recursive: true })
    server.letters.length = 0
    time += MINUTE
    await push(bart, [late])
    await pass(HOUR, 5 * MINUTE)
    expect(server.letters).toEqual([])
    await write(bart, announcement())
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
  })

  test('tells of what was released offline and arrives days later, but not of what is older than a week', async () => {
    const [recent, old] = [mutation(bart, announcement()), mutation(bart, announcement())]
    time += 3 * DAY
    await push(bart, [recent])
    await pass(10 * MINUTE)
    expect(addressees()).toEqual(['an@x.example', 'bo@x.example', 'cas@x.example'])
    time += 5 * DAY
    await push(bart, [old])
    await pass(10 * MINUTE)
    expect(server.letters).toHaveLength(3)
  })

  test('and its calendars are in what someone can ask of the own account', async () => {
    await write(bart, announcement())
    await pass(10 * MINUTE)
    await an.post(`/api/labs/${LAB}/calendar`, { renew: false })
    const data = (await (await an.request('/api/account/data')).json()) as { labMails: unknown[]; calendars: unknown[] }
    expect(data.labMails).toEqual([{ lab: LAB, kind: 'announcement', noted: expect.any(String), sent: expect.any(String) }])
    expect(data.calendars).toMatchObject([{ lab: LAB, address: expect.stringContaining(`/api/labs/${LAB}/calendar/`) }])
  })
})

test.each(engines)('the start of the demonstration mails nobody, on $name', async (engine) => {
  for (const start of [Date.UTC(2026, 10, 21, 19), Date.UTC(2026, 10, 23, 5), Date.UTC(2026, 10, 24, 11)]) {
    let time = start
    const server = await startTestServer({ engine, now: () => time })
    await demonstrate(server.port)
    for (; time < start + 20 * HOUR; time += 20 * MINUTE) await mailTeams(server.port)
    expect(server.letters).toEqual([])
    await server.close()
  }
})
