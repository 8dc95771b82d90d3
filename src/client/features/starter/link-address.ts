/** What someone types or pastes as a link, made into an address that opens. */
export type LinkAddress = { url: string; title: string }
export type LinkProblem = { field: 'url' | 'title'; words: string }

const MAX_TITLE = 200
const MAX_URL = 2_000

/** Adds `https://` where it was left out; everything else that is no web address is refused with what to do. */
export function readLink(typedUrl: string, typedTitle: string): { kind: 'link'; link: LinkAddress } | { kind: 'problem'; problem: LinkProblem } {
  const problem = (field: LinkProblem['field'], words: string) => ({ kind: 'problem' as const, problem: { field, words } })
  const tooLong = problem('url', 'Dit adres is te lang. Er passen 2.000 tekens in.')
  const typed = typedUrl.trim()
  if (!typed) return problem('url', 'Vul het adres van de link in.')
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(typed)?.[1]?.toLowerCase()
  if (scheme && scheme !== 'http' && scheme !== 'https') return problem('url', 'Gebruik een adres dat begint met https:// of http://.')
  if (typed.length > MAX_URL) return tooLong
  const url = parsed(scheme ? typed : `https://${typed.replace(/^\/+/, '')}`)
  if (!url) return problem('url', 'Dit is geen webadres. Een adres ziet eruit als www.jouwgemeente.be/verslag.')
  // Written out, a letter with an accent takes six characters.
  if (url.length > MAX_URL) return tooLong
  const title = typedTitle.trim()
  if (title.length > MAX_TITLE) return problem('title', 'Deze naam is te lang. Er passen 200 tekens in.')
  return { kind: 'link', link: { url, title } }
}

/** A host as people know it: a name with a dot in it, and no spaces anywhere. */
function parsed(address: string): string | undefined {
  if (/\s/.test(address) || !URL.canParse(address)) return undefined
  const { hostname, username, href } = new URL(address)
  const named = hostname === 'localhost' || /^[^.].*\.[^.]+$/.test(hostname)
  return named && !username ? href : undefined
}

/** How a link is called: the name it was given, else its address without the noise. */
export const nameOfLink = ({ url = '', title }: { url?: string | undefined; title?: string | undefined }): string =>
  title || url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
