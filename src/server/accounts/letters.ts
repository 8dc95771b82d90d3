/** Every mail the app sends, in Dutch; text and a plain html form of the same sentences. */
import type { Letter } from './mail.ts'

/** A paragraph, or a link on a line of its own. */
type Part = string | { link: string; label: string }

const escape = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

function letter(to: string, subject: string, parts: Part[]): Letter {
  const all: Part[] = ['Dag,', ...parts, 'Vriendelijke groet,\nOpstap']
  const text = all.map((part) => (typeof part === 'string' ? part : `${part.label}:\n${part.link}`)).join('\n\n')
  const html = all.map((part) => `<p>${typeof part === 'string' ? escape(part).replaceAll('\n', '<br>') : `<a href="${escape(part.link)}">${escape(part.label)}</a>`}</p>`)
  return { to, subject: subject.replace(/\s+/g, ' '), text: `${text}\n`, html: `<!doctype html><html lang="nl-BE"><body>${html.join('')}</body></html>` }
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
