/** A first look with people and work in it: outside production, in an empty database, once. */
import type { TaskStatus } from '../../domain/collections.ts'
import { PersonId } from '../../domain/ids.ts'
import { teamSpace } from '../../domain/spaces.ts'
import { beginText } from '../../protocol/text.ts'
import { demonstrateLab } from '../labs/demonstration-lab.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'
import { demonstrateQuestions } from '../questions/demonstration.ts'
import { admit } from './membership.ts'

const DAMME = { nis: '31006', name: 'Damme' }
const ZUIENKERKE = { nis: '31042', name: 'Zuienkerke' }

type Role = 'admin' | 'facilitator' | 'desk' | 'editor'
/** In this order, so that each team's lead comes first. */
const people: { id: string; email: string; name: string; team?: { nis: string; name: string }; role?: Role }[] = [
  { id: 'demo-lead', email: 'lead@demo.example', name: 'Lien Maes', team: DAMME },
  { id: 'demo-member', email: 'member@demo.example', name: 'Joris Claeys', team: DAMME },
  { id: 'demo-zuienkerke', email: 'zuienkerke@demo.example', name: 'An Verhelst', team: ZUIENKERKE },
  { id: 'demo-admin', email: 'admin@demo.example', name: 'Hilde Beheerder', role: 'admin' },
  { id: 'demo-facilitator', email: 'facilitator@demo.example', name: 'Bart Begeleider', role: 'facilitator' },
  { id: 'demo-desk', email: 'desk@demo.example', name: 'Noor Helpdesk', role: 'desk' },
  { id: 'demo-editor', email: 'editor@demo.example', name: 'Tom Redacteur', role: 'editor' },
]

/** What the people of Damme did so far: task, status, and a note where they made one. */
export const progress: { task: string; status: TaskStatus; by: string; note?: string }[] = [
  { task: 'opdracht-bespreken', status: 'done', by: 'demo-lead', note: 'Met de algemeen directeur besproken: één halve dag per week, te bekijken na zes maanden.' },
  { task: 'bestuursakkoord-lezen', status: 'done', by: 'demo-lead', note: 'Gelijke kansen staat er niet letterlijk in. Wel: toegankelijke dienstverlening (p. 7) en eenzaamheid bij ouderen (p. 12).' },
  { task: 'meerjarenplan-doorzoeken', status: 'inProgress', by: 'demo-member', note: 'Doelstelling 2 en 4 nagekeken. Nog te doen: de acties van vrije tijd.' },
  { task: 'collegas-leren-kennen', status: 'inProgress', by: 'demo-lead', note: 'Gesproken met bibliotheek en sociaal huis. Volgende week: technische dienst.' },
  { task: 'voorganger-bevragen', status: 'notApplicable', by: 'demo-lead' },
]

export async function demonstrate(port: ServerPort): Promise<void> {
  if (!(await isFirstTime(port))) return
  for (const person of people) await addPerson(port, person)
  const team = await port.db.selectFrom('organization').select('id').where('slug', '=', DAMME.nis).executeTakeFirstOrThrow()
  const space = teamSpace(team.id)
  await writeAsServer(
    port,
    progress.map(({ task, status, by, note }): ServerChange => ({ space, collection: 'taskProgress', row: task, person: by, set: { status, ...(note ? { note: beginText(note) } : {}) } })),
  )
  await demonstrateQuestions(port, team.id)
  await demonstrateLab(port, [DAMME, ZUIENKERKE])
}

/** Also of two processes that start at once, one alone. */
async function isFirstTime({ db }: ServerPort): Promise<boolean> {
  if (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) return false
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('sync_meta')
    .values({ key: 'demonstration', value: 'given' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

async function addPerson(port: ServerPort, { id, email, name, team, role }: (typeof people)[number]): Promise<void> {
  await port.db.insertInto('user').values({ id, email, name, emailVerified: true, image: null }).execute()
  if (role) await port.db.insertInto('person_role').values({ person: id, role }).execute()
  if (team) await admit(port, team, PersonId.parse(id))
}
