/** A photo for who may see the space in which something names it. */
import * as z from 'zod/mini'
import { roleIn } from '../../domain/access.ts'
import { SpaceId } from '../../domain/ids.ts'
import { PHOTO_NAME } from '../../domain/photos.ts'
import { refused, signed } from '../http/route.ts'
import { isNamedIn, readPhoto } from './kept-photos.ts'

export const photoRoute = signed({
  method: 'get',
  path: '/api/photos/:photo',
  summary: 'Geeft een foto bij een opdracht van een leerlabo aan wie de plaats mag zien waar ze bij hoort.',
  params: z.object({ photo: z.string().check(z.regex(PHOTO_NAME)) }),
  query: z.object({ space: SpaceId }),
  answer: z.void(),
  document: { media: 'image/jpeg' },
  problems: ['bad_request', 'not_found'],
  async handle({ port, params, query, person, answerHeaders }) {
    const allowed = roleIn(query.space, person.view) !== null && (await isNamedIn(port, query.space, params.photo))
    const photo = allowed ? await readPhoto(port.config, params.photo) : null
    if (!photo) return refused('not_found')
    answerHeaders.set('content-type', photo.type)
    // Its name says what it holds; the person's own browser may keep it, nobody between.
    answerHeaders.set('cache-control', 'private, max-age=31536000, immutable')
    return new Response(new Uint8Array(photo.bytes), { headers: answerHeaders })
  },
})
