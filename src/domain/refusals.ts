/** Why a mutation cannot be applied, and how that is said. */

export type RefusalCode = 'unknown_collection' | 'unknown_field' | 'invalid_value' | 'wrong_space' | 'forbidden' | 'too_large'
/** The Dutch sentence is what the author reads, at the field or in the outbox. */
export type Refusal = { code: RefusalCode; message: string }

const words: Record<RefusalCode, string> = {
  unknown_collection: 'De server kent dit soort gegevens nog niet.',
  unknown_field: 'De server kent een van deze velden nog niet.',
  invalid_value: 'Een waarde heeft niet de juiste vorm.',
  wrong_space: 'Dit hoort niet op deze plaats thuis.',
  forbidden: 'Je hebt geen toestemming om dit te wijzigen.',
  too_large: 'Deze wijziging is te groot.',
}
export const refuse = (code: RefusalCode): Refusal => ({ code, message: words[code] })
