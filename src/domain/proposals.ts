/** An answer of the helpdesk on its way to the content: without what tells who asked, and as a file for an editor. */
/**
 * Takes out what the app knows of who asked, and what looks like an address or a number. A first pass, never the last:
 * the helpdesk reads it over.
 */
export function anonymised(text: string, { municipality, names }: { municipality?: string | undefined; names: readonly string[] }): string {
  let result = text.replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mailadres]').replace(/(?<![\d-])(\+|0)\d[\d ./]{6,}\d/g, '[telefoonnummer]')
  for (const name of names.flatMap(partsOfName)) result = replaceWord(result, name, '[naam]')
  return municipality ? replaceWord(result, municipality, '[gemeente]') : result
}

/** The whole, the first name and the last word of it; `van den` says nothing. */
function partsOfName(name: string): string[] {
  const words = name.trim().split(/\s+/)
  return [...new Set([name.trim(), words[0]!, words.at(-1)!])].filter((part) => part.length > 1)
}

function replaceWord(text: string, word: string, by: string): string {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return text.replace(new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}(?![\p{L}\p{N}])`, 'gu'), by)
}

export type Proposal = { question: string; answer: string; theme: string | null }

/** The file and its name. It lacks a source: no fact is published without one, so the build asks for it. */
export function proposalFile({ question, answer, theme }: Proposal, today: string): { name: string; text: string } {
  const line = question.replace(/\s+/g, ' ').trim()
  const id = idFrom(`vraag ${line}`)
  const text = `---
# Voorstel van de helpdesk. Kijk titel en samenvatting na, vul een bron aan en haal deze regels weg.
# In src/content/terms past het bestand zo; in een andere map vraagt de inhoud meer velden.
id: ${id}
title: ${JSON.stringify(cut(line, 90))}
summary: ${JSON.stringify(cut(line, 220))}
themes: [${theme ?? 'algemeen'}]
sources: []
reviewedOn: ${today}
---
**Vraag.** ${line}

${answer.trim()}
`
  return { name: `${id}.md`, text }
}

/** As content ids are: lower case without accents, dashes, at most 60 characters. */
const idFrom = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')

/** At most so many characters, ending on a whole word. */
export function cut(line: string, most: number): string {
  if (line.length <= most) return line
  const space = line.lastIndexOf(' ', most - 1)
  return `${line.slice(0, space > most / 2 ? space : most - 1)}…`
}
