/** Someone signed out while the server could not be reached: the session there is still to be ended. Needs nothing, so that every start can look. */
import type { OpstapDatabase } from '../../db/database.ts'

/** In the device's choices. */
export const END_SESSION = 'endSession'

export const isSessionLeft = async (db: OpstapDatabase): Promise<boolean> => (await db.read('choices'))?.[END_SESSION] === 'wanted' && (await db.read('session')) === undefined
