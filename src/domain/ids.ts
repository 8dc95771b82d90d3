/** Branded ids: a plain string becomes one only by parsing. */
import * as z from 'zod/mini'

/** An account of a person. */
export const PersonId = z.string().check(z.regex(/^[\w-]{1,64}$/)).brand('PersonId')
export type PersonId = z.infer<typeof PersonId>

/** One installed browser profile; ten lower-case characters, made at first start. */
export const ClientId = z.string().check(z.regex(/^[a-z0-9]{10}$/)).brand('ClientId')
export type ClientId = z.infer<typeof ClientId>

/** UUID version 7. */
export const MutationId = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)).brand('MutationId')
export type MutationId = z.infer<typeof MutationId>

/**
 * The unit of sharing and permission, by its kind and whose it is: `person:<id>`, `team:<id>`, `desk:<team>` (a team with the
 * helpdesk), `lab:<id>` (all of a lab), `entry:<lab>:<team>` (what one team sends in, and the feedback on it), `review:<lab>` (of
 * the lab's facilitators alone), or `local:` for work on a device without an account. The server never sees `local:`.
 */
export const SpaceId = z.string().check(z.regex(/^((person|team|desk|lab|review):[\w-]{1,64}|entry:[\w-]{1,64}:[\w-]{1,64})$/)).brand('SpaceId')
export type SpaceId = z.infer<typeof SpaceId>

/** The kinds of space that the server knows. */
export type SpaceKind = 'person' | 'team' | 'desk' | 'lab' | 'entry' | 'review'

/** The moment of a write as text whose plain order is the order of writing; how it is made stands in clock.ts. */
export const Stamp = z.string().check(z.regex(/^[0-9a-z]{9}\.[0-9a-z]{3}\.[a-z0-9]{10}$/)).brand('Stamp')
export type Stamp = z.infer<typeof Stamp>
