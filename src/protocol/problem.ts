/** What the server answers when it refuses a request: a code for programs and a Dutch sentence for people. */
import * as z from 'zod/mini'

export const problems = {
  bad_request: { status: 400, message: 'Deze vraag heeft niet de juiste vorm.' },
  sign_in_needed: { status: 401, message: 'Meld je aan om verder te gaan.' },
  forbidden: { status: 403, message: 'Je hebt hier geen toegang toe.' },
  not_found: { status: 404, message: 'Dit bestaat niet of niet meer.' },
  method_not_allowed: { status: 405, message: 'Dit kan hier niet.' },
  conflict: { status: 409, message: 'Dit kan nu niet, omdat er intussen iets veranderd is.' },
  too_large: { status: 413, message: 'Dit is te groot om in één keer te versturen.' },
  unsupported: { status: 415, message: 'De server verwacht JSON.' },
  update_needed: { status: 426, message: 'Deze versie van de app is te oud. Vernieuw de app; je werk blijft bewaard.' },
  too_many: { status: 429, message: 'Dat was te vaak na elkaar. Wacht even en probeer opnieuw.' },
  code_wrong: { status: 400, message: 'Deze code klopt niet. Kijk na of vraag een nieuwe code.' },
  code_expired: { status: 400, message: 'Deze code is verlopen. Vraag een nieuwe code.' },
  internal: { status: 500, message: 'Er ging iets mis op de server. Probeer het straks opnieuw.' },
  unavailable: { status: 503, message: 'De server is even niet bereikbaar. Probeer het straks opnieuw.' },
} as const
export type ProblemCode = keyof typeof problems

export const Problem = z.object({ code: z.string(), message: z.string() })
export type Problem = { code: ProblemCode; message: string }

export const problem = (code: ProblemCode, message: string = problems[code].message): Problem => ({ code, message })
