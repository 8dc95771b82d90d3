/** Two questions of the demonstration's team: one that waits for an answer, and one that has it. */
import { deskSpace } from '../../domain/spaces.ts'
import { addDays, dayInBrussels } from '../../domain/theme-days.ts'
import { isWorkingDay } from '../../domain/working-days.ts'
import type { ServerPort } from '../port.ts'
import { writeAsServer, type ServerChange } from '../sync/server-write.ts'

const HOUR_MS = 3_600_000

const questions = [
  {
    id: '019ab000-0000-7000-8000-000000000001',
    by: { id: 'demo-lead', name: 'Lien Maes' },
    daysAgo: 8,
    asked: {
      type: 'advice',
      theme: 'toegankelijkheid',
      text: 'Ons bestuursakkoord noemt toegankelijke dienstverlening, maar niet gelijke kansen. Kunnen we daar toch mee vertrekken? Of vragen we beter eerst een uitspraak van het college?',
      context: { path: '/starten/bestuursakkoord-lezen', title: 'Lees het bestuursakkoord met een gelijkekansenbril' },
      mail: true,
    },
    answer: {
      id: '019ab000-0000-7000-8000-000000000011',
      daysAgo: 5,
      text: 'Ja, daar kan je mee vertrekken. Toegankelijke dienstverlening is een haak waar het bestuur al ja tegen zei. Schrijf in een nota van één blad welke twee acties eronder vallen, en leg die voor aan je schepen. Een aparte uitspraak over gelijke kansen kan later, als er een eerste resultaat is.',
    },
  },
  {
    id: '019ab000-0000-7000-8000-000000000002',
    by: { id: 'demo-member', name: 'Joris Claeys' },
    daysAgo: 2,
    asked: {
      type: 'information',
      theme: null,
      text: 'Welke acties uit ons meerjarenplan mogen we meetellen als gelijkekansenbeleid? We vonden er al bij vrije tijd en bij het sociaal huis.',
      context: { path: '/starten/meerjarenplan-doorzoeken', title: 'Zoek in het meerjarenplan naar acties en geld' },
      mail: true,
    },
    answer: undefined,
  },
] as const

export async function demonstrateQuestions(port: ServerPort, team: string): Promise<void> {
  const space = deskSpace(team)
  const municipality = await port.db.selectFrom('organization').select(['slug as nis', 'name']).where('id', '=', team).executeTakeFirstOrThrow()
  const changes = questions.flatMap(({ id, by, daysAgo, asked, answer }): ServerChange[] => {
    const at = workingDaysAgo(daysAgo, port.now())
    return [
      { space, collection: 'question', row: id, person: by.id, set: asked, at },
      { space, collection: 'questionRegistration', row: id, set: { receivedAt: new Date(at).toISOString(), asker: by, municipality }, at },
      ...(answer
        ? [
            { space, collection: 'question', row: id, person: 'demo-desk', set: { assignee: 'demo-desk' }, at: workingDaysAgo(answer.daysAgo, port.now()) },
            { space, collection: 'questionMessage', row: answer.id, person: 'demo-desk', set: { question: id, answer: answer.text }, at: workingDaysAgo(answer.daysAgo, port.now()) },
          ]
        : []),
    ]
  })
  await writeAsServer(port, changes)
}

/** An hour before now on that working day. */
function workingDaysAgo(count: number, now: number): number {
  const today = dayInBrussels(now)
  let back = 0
  for (let left = count; left > 0; ) {
    back += 1
    if (isWorkingDay(addDays(today, -back))) left -= 1
  }
  return now - back * 24 * HOUR_MS - HOUR_MS
}
