/** Who is signed in, by the cookie of a request. */
import { PersonId } from '../../domain/ids.ts'
import { sessionViewOf } from '../accounts/access.ts'
import type { ServerPort } from '../port.ts'
import type { Signed } from './route.ts'

/** null without a valid session. A renewed cookie lands in `answerHeaders`. */
export async function signedIn(port: ServerPort, request: Request, answerHeaders: Headers): Promise<Signed | null> {
  if (!request.headers.has('cookie')) return null
  const { headers, response } = await port.auth.api.getSession({ headers: request.headers, returnHeaders: true })
  copyCookies(headers, answerHeaders)
  const id = PersonId.safeParse(response?.user.id)
  if (!id.success) return null
  const view = await sessionViewOf(port, id.data)
  return view && { ...view.person, view }
}

export function copyCookies(from: Headers, to: Headers): void {
  for (const cookie of from.getSetCookie()) to.append('set-cookie', cookie)
}
