/**
 * Photos on their way in, by tus 1.0: a photo that was cut off goes on where it stopped, also after a restart. Only who started
 * an upload goes on with it; only members of a team bring photos into its space.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import * as z from 'zod/mini'
import { roleIn } from '../../domain/access.ts'
import { SpaceId } from '../../domain/ids.ts'
import { MAX_PHOTO_BYTES, PHOTO_NAME } from '../../domain/photos.ts'
import { kindOf } from '../../domain/spaces.ts'
import type { ServerPort } from '../port.ts'
import { problemAnswer } from '../http/answer.ts'
import { attempt } from '../http/attempts.ts'
import type { App } from '../http/mount.ts'
import type { Signed } from '../http/route.ts'
import { signedIn } from '../http/session.ts'
import { keepPhoto, uploadsFolder } from './kept-photos.ts'

const PATH = '/api/uploads'
const HOUR_SECONDS = 3_600
/** Photos that one person may begin to send within an hour. */
const MOST_AN_HOUR = 300

const Wanted = z.object({ sha256: z.string().check(z.regex(PHOTO_NAME)), space: SpaceId })

const no = (status_code: number, body: string) => ({ status_code, body })

export function mountUploads(app: App, port: ServerPort): void {
  /** Who sends the request that is being handled. */
  const senders = new WeakMap<Request, Signed>()
  let started: { tus: Server; store: FileStore } | undefined

  function start() {
    const directory = uploadsFolder(port.config)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const store = new FileStore({ directory })
    const tus = new Server({
      path: PATH,
      datastore: store,
      relativeLocation: true,
      maxSize: MAX_PHOTO_BYTES,
      allowedOrigins: [port.config.publicUrl],
      async onUploadCreate(request, { metadata }) {
        const person = senders.get(request as Request)!
        const wanted = z.safeParse(Wanted, metadata)
        if (!wanted.success) throw no(400, 'Deze foto mist haar naam of haar plaats.')
        const { space, sha256 } = wanted.data
        if (kindOf(space) !== 'team' || roleIn(space, person.view) === null) throw no(403, 'Je team kan hier geen foto’s bewaren.')
        return { metadata: { sha256, space, person: person.id } }
      },
      async onUploadFinish(_request, { id, metadata }) {
        const kept = await keepPhoto(port.config, join(directory, id), metadata!['sha256']!)
        await store.remove(id)
        if (!kept) throw no(422, 'Deze foto kwam niet aan zoals ze vertrok.')
        return {}
      },
    })
    return { tus, store }
  }

  async function answer(request: Request, id: string | undefined): Promise<Response> {
    const headers = new Headers()
    const person = await signedIn(port, request, headers)
    if (!person) return problemAnswer('sign_in_needed', headers)
    const methods = id === undefined ? ['POST'] : ['HEAD', 'PATCH']
    if (!methods.includes(request.method)) return problemAnswer('method_not_allowed', new Headers({ allow: methods.join(', ') }))
    const { tus, store } = (started ??= start())
    if (id === undefined) {
      if (!(await attempt(port.db, `upload ${person.id}`, MOST_AN_HOUR, HOUR_SECONDS, port.now()))) return problemAnswer('too_many')
    } else if (!/^[0-9a-f]{32}$/.test(id) || (await store.getUpload(id).catch(() => null))?.metadata?.['person'] !== person.id) return problemAnswer('not_found')
    senders.set(request, person)
    const told = await tus.handleWeb(request)
    for (const [name, value] of told.headers) if (!name.startsWith('access-control-')) headers.append(name, value)
    return new Response(told.body, { status: told.status, headers })
  }

  app.all(PATH, (context) => answer(context.req.raw, undefined))
  app.all(`${PATH}/:id`, (context) => answer(context.req.raw, context.req.param('id')))
}
