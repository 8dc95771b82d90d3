/** Every mail the app sends, in Dutch; text and a plain html form of the same sentences. */
import type { Letter } from './mail.ts'

type Link = { link: string; label: string }
/** A paragraph, a link on a line of its own, or a list of links. */
type Part = string | Link | readonly Link[]

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

const linkHtml = ({ link, label }: Link) => `<a href="${escape(link)}">${escape(label)}</a>`

function textOf(part: Part): string {
  if (typeof part === 'string') return part
  return 'link' in part ? `${part.label}:\n${part.link}` : part.map(({ link, label }) => `- ${label}\n  ${link}`).join('\n')
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${escape(part).replaceAll('\n', '<br>')}</p>`
  return 'link' in part ? `<p>${linkHtml(part)}</p>` : `<ul>${part.map((one) => `<li>${linkHtml(one)}</li>`).join('')}</ul>`
}

function letter(to: string, subject: string, parts: Part[]): Letter {
  const all: Part[] = ['Dag,', ...parts, 'Vriendelijke groet,\nOpstap']
  return { to, subject: subject.replace(/\s+/g, ' '), text: `${all.map(textOf).join('\n\n')}\n`, html: `<!doctype html><html lang="nl-BE"><body>${all.map(htmlOf).join('')}</body></html>` }
}

export const codeLetter = (to: string, code: string): Letter =>
  letter(to, `${code} is je code voor Opstap`, [
    `Je code om je aan te melden is ${code}.`,
    'De code werkt 10 minuten. Geef ze aan niemand door.',
    'Vroeg je zelf geen code? Dan hoef je niets te doen.',
  ])

export const requestLetter = (to: string, asker: { name: string; email: string }, municipality: string, publicUrl: string): Letter =>
  letter(to, `Vraag om bij het team van ${municipality} te komen`, [
    `${asker.name ? `${asker.name} (${asker.email})` : asker.email} vraagt om bij het team van ${municipality} te komen.`,
    'Ken je deze persoon? Dan kan je de vraag goedkeuren. Iedereen in het team ziet het hele dossier.',
    { link: `${publicUrl}/team`, label: 'Bekijk de vraag' },
  ])

export const decisionLetter = (to: string, municipality: string, approved: boolean, publicUrl: string): Letter =>
  letter(to, approved ? `Je bent nu bij het team van ${municipality}` : `Je vraag voor het team van ${municipality}`, approved
    ? [`Je vraag is goedgekeurd. Je werkt nu samen in het dossier van ${municipality}.`, { link: publicUrl, label: 'Open Opstap' }]
    : [
        `Je vraag om bij het team van ${municipality} te komen is niet goedgekeurd.`,
        'Wat je schreef, blijft van jou. Neem contact op met je collega’s als je denkt dat dit niet klopt.',
      ])

/** Without the question and the answer: a mailbox is read by more than one person. */
export const answerLetter = (to: string, question: string, publicUrl: string): Letter =>
  letter(to, 'Er is een antwoord op je vraag aan de helpdesk', [
    'De helpdesk heeft je vraag beantwoord. Je leest het antwoord in Opstap.',
    { link: `${publicUrl}/hulp/${question}`, label: 'Lees het antwoord' },
    'Wil je geen mail meer bij een antwoord? Zet dat uit wanneer je een vraag stelt.',
  ])

export const invitationLetter = (to: string, inviter: string, municipality: string, link: string): Letter =>
  letter(to, `Uitnodiging voor het team van ${municipality} in Opstap`, [
    `${inviter} nodigt je uit om samen te werken aan het gelijkekansenbeleid van ${municipality}.`,
    `Meld je aan met dit e-mailadres: ${to}. De uitnodiging blijft 14 dagen geldig.`,
    { link, label: 'Neem de uitnodiging aan' },
  ])

/** What is new for a person in one lab. `title`: of the lab, or of an assignment. */
export type LabDigest = {
  title: string
  link: string
  feedback: { title: string; state: string; link: string }[]
  /** The names of those who made an announcement, one for each. */
  said: string[]
  /** `words`: the date and how long that still is. */
  dates: { title: string; words: string; state: string; link: string }[]
}

/** One mail about everything that is new. Without feedback or announcements themselves: a mailbox is read by more than one person. */
export const labLetter = (to: string, labs: readonly LabDigest[], off: string): Letter => ({
  ...letter(to, labSubject(labs), [
    ...labs.flatMap((lab): Part[] => [`Er is nieuws uit ${lab.title}.`, ...labParts(lab)]),
    'Je krijgt deze mail omdat je team meedoet aan een leerlabo.',
    { link: off, label: 'Stuur me geen mail meer over leerlabo’s' },
  ]),
  headers: { 'List-Unsubscribe': `<${off}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated' },
})

function labParts({ link, feedback, said, dates }: LabDigest): Part[] {
  const names = [...new Set(said.filter(Boolean))].join(' en ') || 'Je begeleider'
  return [
    ...(feedback.length > 0 ? ['Je team kreeg feedback:', feedback.map((one) => ({ link: one.link, label: `${one.title}: ${one.state}` }))] : []),
    ...(said.length > 0 ? [said.length === 1 ? `${names} plaatste een bericht.` : `Er zijn ${said.length} nieuwe berichten van ${names}.`, { link, label: said.length === 1 ? 'Lees het bericht' : 'Lees de berichten' }] : []),
    ...(dates.length > 0 ? ['Dit moet je team nog versturen:', dates.map((one) => ({ link: one.link, label: `${one.title}: tegen ${one.words}. Nu: ${one.state}` }))] : []),
  ]
}

function labSubject(labs: readonly LabDigest[]): string {
  const [first] = labs
  const [given] = labs.flatMap(({ feedback }) => feedback)
  const [date] = labs.flatMap(({ dates }) => dates)
  const count = labs.reduce((sum, { feedback, said, dates }) => sum + feedback.length + said.length + dates.length, 0)
  if (count === 1) return given ? `Feedback op “${given.title}”` : date ? `Binnenkort te versturen: “${date.title}”` : `Nieuw bericht in ${first!.title}`
  return labs.length === 1 ? `Nieuws uit ${first!.title}` : 'Nieuws uit je leerlabo’s'
}
