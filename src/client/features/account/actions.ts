/** What a person does with the own account on this device. */
import { deleteAccount, endSession } from '../../sync/account-requests.ts'
import type { Client, Identity } from '../../sync/client.ts'
import { unsentWork } from '../../sync/export-work.ts'
import { isQuota } from '../../sync/mutate.ts'
import type { Result } from '../../sync/environment.ts'
import { forgetDrafts } from '../../db/drafts.ts'
import { countPhotos } from '../../db/photo-count.ts'
import { forgetPhotos } from '../../db/photos.ts'
import { END_SESSION, isSessionLeft } from './left-session.ts'

export type Session = NonNullable<Identity['session']>

/** `full`: the browser has no room; `failed`: the store refused. Nothing of the work is lost in either case. */
export type Entered = 'in' | 'full' | 'failed'

/** Takes up a session that the server gave, with the work on this device. */
export async function enter(client: Client, session: Session): Promise<Entered> {
  try {
    await setChoice(client, END_SESSION, null)
    await client.signedIn(session)
    return 'in'
  } catch (error) {
    console.error(error)
    return isQuota(error) ? 'full' : 'failed'
  }
}

export const enteredWords: Record<Exclude<Entered, 'in'>, string> = {
  full: 'Je bent aangemeld, maar er is geen plaats meer op dit toestel. Maak plaats vrij en meld je nog eens aan.',
  failed: 'Je bent aangemeld, maar dit toestel kon dat niet bewaren. Probeer het nog eens. Je werk staat er nog.',
}

/** Sends a request; when the server asks to sign in again, every screen gets to know it. */
export async function ask<T>(client: Client, sending: Promise<Result<T>>): Promise<Result<T>> {
  const result = await sending
  if (result.kind === 'problem' && result.status === 401) await client.db.write('expired', true)
  return result
}

/** A refusal as a sentence; `offline` is what it means for this action. */
export const refusalWords = (refusal: Exclude<Result<unknown>, { kind: 'ok' }>, offline: string): string =>
  refusal.kind === 'offline' ? offline : refusal.message

export type Left = { kind: 'unsent'; count: number } | { kind: 'done'; ended: boolean }

/**
 * Signs out. Sends what waits first; with work that the server did not take it does nothing but say how much, unless
 * `discard`. `ended` is false while the server could not be told.
 */
export async function leave(client: Client, discard = false): Promise<Left> {
  if (!discard) {
    client.engine.request()
    await client.engine.settled()
  }
  const person = (await client.db.read('session'))?.person.id
  const photos = await photosHere(client)
  if (photos > 0 && !discard) return { kind: 'unsent', count: photos + (await client.unsent()).length }
  const out = await client.signOut(discard)
  if (out.kind === 'unsent') return out
  if (person) await forgetPhotos(client.db, person)
  if (person) await forgetDrafts(client.db, person)
  await setChoice(client, END_SESSION, 'wanted')
  const ended = await endLeftSession(client)
  if (!ended) addEventListener('online', () => void endLeftSession(client), { once: true })
  return { kind: 'done', ended }
}

/** Photos of which this device has the only copy. */
async function photosHere({ db }: Client): Promise<number> {
  const { waiting, refused } = await countPhotos(db)
  return waiting + refused
}

/** Ends, on the server, the session of someone who signed out without a connection. True when there is none left. */
export async function endLeftSession(client: Client): Promise<boolean> {
  if (!(await isSessionLeft(client.db))) return true
  const result = await endSession()
  const ended = result.kind === 'ok' || (result.kind === 'problem' && result.status === 401)
  if (ended) await setChoice(client, END_SESSION, null)
  return ended
}

async function setChoice({ db }: Client, key: string, value: string | null): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    const { [key]: _before, ...others } = (await db.read('choices')) ?? {}
    await db.write('choices', value === null ? others : { ...others, [key]: value })
  })
}

/** `refused` and `offline`: nothing was deleted, here nor there. */
export type Gone = { kind: 'gone' } | { kind: 'unsent'; count: number } | { kind: 'refused'; message: string } | { kind: 'offline' }

/**
 * Deletes the account on the server and then forgets it here. Sends what waits first, since a colleague may need it; with
 * work that the server did not take it does nothing but say how much, unless `discard`.
 */
export async function deleteOwnAccount(client: Client, discard = false): Promise<Gone> {
  client.engine.request()
  await client.engine.settled()
  const { entries } = await unsentWork(client.db, client.env.now())
  const count = entries.length + (await photosHere(client))
  if (count > 0 && !discard) return { kind: 'unsent', count }
  const person = (await client.db.read('session'))?.person.id
  const result = await ask(client, deleteAccount())
  if (result.kind === 'offline') return { kind: 'offline' }
  if (result.kind === 'problem') return { kind: 'refused', message: result.message }
  await client.signOut(true)
  if (person) await forgetDrafts(client.db, person)
  if (person) await forgetPhotos(client.db, person)
  return { kind: 'gone' }
}

/** Empties this device: work, sent or not, account, choices. True when the server was told too. */
export async function wipe(client: Client): Promise<boolean> {
  const signedIn = (await client.db.read('session')) !== undefined
  const ended = !signedIn || (await endSession()).kind === 'ok'
  client.stop()
  await client.db.delete({ disableAutoOpen: true })
  if (!ended) {
    // The session that goes on there is ended at the next start with a connection, and not taken up again.
    await client.db.open()
    await setChoice(client, END_SESSION, 'wanted')
    client.db.close()
  }
  try {
    localStorage.clear()
    sessionStorage.clear()
  } catch {
    // A browser without them has nothing there to wipe.
  }
  return ended
}
