/** Sends one photo by tus. Loaded when there is one to send. */
import { DetailedError, Upload } from 'tus-js-client'
import type { LocalPhoto, OpstapDatabase } from '../db/database.ts'

/** In bytes; so little is sent again after a cut, and between two parts a text goes first. */
const PART_BYTES = 256 * 1024

/** What passes: no session, asked too often, another request of the same upload, one that is not there any more. */
const PASSES = [401, 404, 408, 409, 410, 423, 429]

type Outcome = 'sent' | 'later' | { refused: string }

/** False where there is no connection, or the server is not able now: all that waits tries again later. */
export async function upload(db: OpstapDatabase, photo: LocalPhoto): Promise<boolean> {
  const note = (change: Partial<LocalPhoto>) => db.photos.update([photo.space, photo.id], change)
  const outcome = await send(photo, (address) => note({ upload: address }))
  if (outcome === 'later') return false
  const epoch = await db.read('epoch')
  // Another one may go all the same; this one says why it does not.
  await note(outcome === 'sent' ? { waits: 0, ...(epoch ? { safeIn: epoch } : {}) } : { waits: 0, ...outcome })
  return true
}

/** `begun` is told where the upload goes on after a cut. */
const send = ({ id, space, bytes, type, upload: address }: LocalPhoto, begun: (address: string) => unknown): Promise<Outcome> =>
  new Promise((resolve) => {
    const sending = new Upload(new Blob([bytes], { type }), {
      endpoint: '/api/uploads',
      uploadUrl: address ?? null,
      chunkSize: PART_BYTES,
      // Waiting is the queue's, which knows of texts and of the connection.
      retryDelays: null,
      storeFingerprintForResuming: false,
      metadata: { sha256: id, space },
      onUploadUrlAvailable: () => void (sending.url && begun(sending.url)),
      onSuccess: () => resolve('sent'),
      onError(error) {
        const answer = error instanceof DetailedError ? error.originalResponse : null
        const status = answer?.getStatus() ?? 0
        const passes = status < 400 || status >= 500 || PASSES.includes(status)
        resolve(passes ? 'later' : { refused: answer?.getBody()?.trim() || 'De server nam deze foto niet aan.' })
      },
    })
    sending.start()
  })
