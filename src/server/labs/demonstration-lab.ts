/** A lab that runs, for the demonstration: sessions around today, something sent in with feedback, and something that waits for it. */
import { v7 as uuidv7 } from 'uuid'
import { clockOf, momentAt } from '../../domain/brussels-time.ts'
import { PersonId } from '../../domain/ids.ts'
import type { Snapshot } from '../../domain/snapshot.ts'
import { entrySpace, labSpace } from '../../domain/spaces.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'
import { tellNothing } from './lab-notices.ts'
import { noteCandidates, openCall } from './calls.ts'
import { invite, makeLab } from './labs.ts'

const DAY = 86_400_000
const DEMONSTRATION_LAB = 'demolabgende'
/** One that still asks for teams. */
const DEMONSTRATION_CALL = 'demolabgroep'

/** The sessions of the template, in days from today; three are behind, the fourth comes. */
const sessions: [id: string, days: number, place: string | null][] = [
  ['start', -44, null],
  ['betrokkenen', -30, 'Stadhuis van Damme'],
  ['luisteren', -16, null],
  ['kijken', 5, 'Gemeentehuis van Zuienkerke'],
  ['mens', 19, null],
  ['weg', 33, 'Stadhuis van Damme'],
  ['scherp', 47, null],
]
const due: [assignment: string, days: number][] = [
  ['onze-vertrekpositie', -31],
  ['stakeholderkaart', -17],
  ['empathie-interview', 3],
  ['observatie', 17],
]

/** On a working day. */
function dayFrom(now: number, days: number): string {
  const moment = new Date(now + days * DAY)
  const shift = [1, 0, 0, 0, 0, 0, 2][moment.getUTCDay()]!
  return clockOf(moment.getTime() + shift * DAY).day
}
const at = (now: number, days: number, time: string): string => new Date(momentAt(dayFrom(now, days), time)).toISOString()

const scale = [
  { id: 'begin', label: 'We beginnen net' },
  { id: 'losse-acties', label: 'We doen losse acties' },
]
/** As these forms were when the teams sent them. */
const position: Snapshot = {
  version: 1,
  title: 'Waar staan we, en wat willen we leren?',
  fields: [
    { id: 'stand', kind: 'scale', label: 'Hoe ver staat jullie bestuur met dit thema?', options: scale },
    { id: 'vraag', kind: 'longText', label: 'Welke vraag breng je mee naar het labo?' },
    { id: 'mee', kind: 'shortText', label: 'Wie doet mee, en met welke opdracht?' },
    { id: 'uren', kind: 'number', label: 'Hoeveel uur per maand kan jullie team eraan werken?' },
  ] as Snapshot['fields'],
  answers: {
    stand: 'losse-acties',
    vraag: 'In onze sportclubs zien we weinig meisjes tussen twaalf en zestien. Hoe horen we wat zij willen, zonder weer een enquête?',
    mee: 'Deskundige vrije tijd en maatschappelijk werker van het sociaal huis',
    uren: 8,
  },
}
const stakeholders: Snapshot = {
  version: 1,
  title: 'Teken wie erbij betrokken is',
  fields: [
    { id: 'vraag', kind: 'shortText', label: 'Over welke vraag gaat jullie kaart?' },
    { id: 'ontbreekt', kind: 'longText', label: 'Wie ontbreekt nog aan tafel?' },
    { id: 'eerste', kind: 'longText', label: 'Wie spreken jullie het eerst, en waarom?' },
  ] as Snapshot['fields'],
  answers: {
    vraag: 'Hoe vinden moeders die nieuw zijn in de gemeente de weg naar de sporthal?',
    ontbreekt: 'Vrouwen die overdag werken. We kennen hen enkel van de school.',
    eerste: 'De zorgcoördinator van de school: zij spreekt de ouders elke week.',
  },
}

export async function demonstrateLab(port: ServerPort, municipalities: { nis: string; name: string }[]): Promise<void> {
  const now = port.now()
  await makeLab(port, { id: DEMONSTRATION_LAB, template: 'leerlabo-genderbeleid', title: 'Leerlabo lokaal genderbeleid' }, PersonId.parse('demo-facilitator'))
  const teams: string[] = []
  for (const municipality of municipalities) teams.push(await invite(port, DEMONSTRATION_LAB, municipality))
  const [first, second] = teams
  const lab = labSpace(DEMONSTRATION_LAB)
  const [early, late] = [uuidv7(), uuidv7()]
  const guide = { person: 'demo-facilitator' }
  const changes: ServerChange[] = [
    ...sessions.map(([row, days, place]): ServerChange => ({ space: lab, collection: 'labSession', row, set: { at: at(now, days, '09:30'), place }, ...guide })),
    ...due.map(([row, days]): ServerChange => ({ space: lab, collection: 'labAssignment', row, set: { due: at(now, days, '17:00') }, ...guide })),
    { space: lab, collection: 'announcement', row: uuidv7(), set: { text: 'Voor de volgende sessie spreken we af aan de ingang. Breng stevige schoenen mee: we gaan op stap.', from: 'Bart Begeleider' }, at: now - 2 * DAY, ...guide },
    { space: entrySpace(DEMONSTRATION_LAB, first!), collection: 'submission', row: early, set: { assignment: 'onze-vertrekpositie', snapshot: position, from: 'Lien Maes', arrivedAt: new Date(now - 33 * DAY).toISOString() }, at: now - 33 * DAY, person: 'demo-lead' },
    { space: entrySpace(DEMONSTRATION_LAB, first!), collection: 'submissionReview', row: early, set: { from: 'Bart Begeleider' }, at: now - 30 * DAY, ...guide },
    {
      space: entrySpace(DEMONSTRATION_LAB, first!),
      collection: 'feedback',
      row: uuidv7(),
      set: {
        submission: early,
        text: 'Sterk dat jullie al weten wie jullie niet horen. De vraag is concreet.\n\nEén vraag om mee te nemen: wie kent deze meisjes nu al, buiten de sportdienst? Begin daar je gesprekken.',
        verdict: 'done',
        from: 'Bart Begeleider',
        releasedAt: new Date(now - 29 * DAY).toISOString(),
      },
      at: now - 29 * DAY,
      ...guide,
    },
    { space: entrySpace(DEMONSTRATION_LAB, second!), collection: 'submission', row: late, set: { assignment: 'stakeholderkaart', snapshot: stakeholders, from: 'An Verhelst', arrivedAt: new Date(now - 15 * DAY).toISOString() }, at: now - 15 * DAY, person: 'demo-zuienkerke' },
  ]
  await writeAsServer(port, changes)
  await demonstrateCall(port, second!)
  // Also no mail of what comes in the first day: who opens the demonstration did nothing yet.
  await tellNothing(port.db, now + DAY)
}

async function demonstrateCall(port: ServerPort, candidate: string): Promise<void> {
  const now = port.now()
  await makeLab(port, { id: DEMONSTRATION_CALL, template: 'leerlabo-doelgroep', title: 'Leerlabo: hoe bereik je de doelgroep?' }, PersonId.parse('demo-facilitator'))
  await openCall(port, DEMONSTRATION_CALL, { lastDay: dayFrom(now, 21), places: 8 })
  const said = { stage: 'growing', motivation: 'We organiseren al een ontmoetingsdag. De mensen om wie het gaat, komen er nauwelijks.', from: 'An Verhelst' }
  await writeAsServer(port, [{ space: entrySpace(DEMONSTRATION_CALL, candidate), collection: 'candidacy', row: uuidv7(), set: said, at: now - 4 * DAY, person: 'demo-zuienkerke' }])
  await noteCandidates(port, [DEMONSTRATION_CALL])
}
