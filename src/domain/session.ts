/** Who is signed in and what that person may see. */
import * as z from 'zod/mini'
import { PersonId } from './ids.ts'

/** `title`: of the lab when the call was made. `lastDay`: a calendar day; `places`: how many teams; null where none was named. */
export const LabCall = z.object({
  lab: z.string(),
  template: z.string(),
  title: z.string(),
  lastDay: z.nullable(z.string()),
  places: z.nullable(z.int()),
  closed: z.boolean(),
})
export type LabCall = z.infer<typeof LabCall>

/** Travels with every answer of the server, so that a change of access is noticed. */
export const SessionView = z.object({
  person: z.object({ id: PersonId, email: z.string(), name: z.string() }),
  roles: z.array(z.enum(['admin', 'facilitator', 'desk', 'editor'])),
  teams: z.array(z.object({ id: z.string(), nis: z.string(), name: z.string(), role: z.enum(['member', 'lead']) })),
  /**
   * The labs someone takes part in (with which of the own teams) or facilitates (with all that were ever in it). Left out
   * in a session that a device kept from before there were labs.
   */
  labs: z.optional(z.array(z.object({ id: z.string(), role: z.enum(['participant', 'facilitator']), teams: z.array(z.string()) }))),
  /**
   * Labs that ask for teams: those to which an own team may put itself forward or did, and those that someone facilitates.
   * Left out as above.
   */
  calls: z.optional(z.array(LabCall)),
  /** Only for the people of the helpdesk: who they are, so that a question can be handed over. */
  desk: z.optional(z.array(z.object({ id: PersonId, name: z.string() }))),
  /** Requests to join that nobody answered yet. */
  requests: z.array(z.object({ id: z.string(), nis: z.string(), name: z.string() })),
})
export type SessionView = z.infer<typeof SessionView>
