/** Photos that the gallery of a device shares with the app. */
import type { PersonId } from './ids.ts'

/** Where the gallery of a device brings the photos that someone shares with the app, and where one chooses their place. */
export const SHARE_PATH = '/delen'
/** A shared photo that has no place yet, as it came. `id`: in the order of arrival. `author`: who was signed in then, empty for nobody. */
export type SharedPhoto = { id: number; name: string; type: string; bytes: ArrayBuffer; author: PersonId | ''; at: number }
