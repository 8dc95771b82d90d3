/** Queries that run again when what they read changed, also in another tab. */
import { liveQuery, type Observable } from 'dexie'

export type { Observable }

/**
 * The one way to make a live query. Dexie follows what an asynchronous function reads only when it is handed a function
 * that is itself `async`; one that merely returns another's promise is followed up to its first `await` and then goes deaf.
 */
export const live = <T>(read: () => Promise<T>): Observable<T> => liveQuery(async () => await read())
