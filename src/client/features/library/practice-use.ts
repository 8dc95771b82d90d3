/** What someone does with a practice of others. Each action resolves after the device's store committed, or says why it did not. */
import type { TextValue } from '../../../domain/collection.ts'
import { practiceUse, type PracticeUse } from '../../../domain/collections.ts'
import { isDeleted } from '../../../domain/row.ts'
import type { Client } from '../../sync/client.ts'
import type { Written } from '../../sync/mutate.ts'

/** Also brings back what was taken away before, with the note it had. */
export async function setUse(client: Client, practice: string, status: PracticeUse): Promise<Written> {
  const row = await client.db.rows.get([await client.spaceOf(practiceUse), practiceUse.name, practice])
  return client.write(practiceUse, practice, row && isDeleted(row) ? { status, deleted: false } : { status })
}

export const writeUseNote = (client: Client, practice: string, note: TextValue): Promise<Written> => client.write(practiceUse, practice, { note })

export const removeUse = (client: Client, practice: string): Promise<Written> => client.write(practiceUse, practice, { deleted: true })

export const restoreUse = (client: Client, practice: string): Promise<Written> => client.write(practiceUse, practice, { deleted: false })
