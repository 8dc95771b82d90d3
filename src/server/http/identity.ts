/** Signing in with a municipal identity (OpenID Connect). Nothing else of better-auth is reachable from outside. */
import * as z from 'zod/mini'
import { OIDC_PROVIDER } from '../accounts/auth.ts'
import type { ServerPort } from '../port.ts'
import type { App } from './mount.ts'
import { open, refused } from './route.ts'
import { copyCookies } from './session.ts'

/** Where the sign-in page sends someone. The provider sends them on to the callback, and that to the app. */
export const identityRoute = open({
  method: 'get',
  path: '/api/sign-in/gemeente',
  summary: 'Stuurt door naar de aanmelding met de identiteit van je gemeente, als die hier kan.',
  answer: z.void(),
  document: { redirects: true },
  problems: ['not_found', 'unavailable', 'too_many'],
  limits: [{ name: 'identity-ip', max: 120, seconds: 900, per: (call) => call.ip }],
  async handle({ port, answerHeaders }) {
    if (!port.config.oidc) return refused('not_found')
    const { publicUrl } = port.config
    const { headers, response } = await port.auth.api.signInSocial({
      body: { provider: OIDC_PROVIDER, callbackURL: `${publicUrl}/account`, errorCallbackURL: `${publicUrl}/aanmelden?fout=gemeente` },
      returnHeaders: true,
    })
    if (!response.url) return refused('unavailable')
    copyCookies(headers, answerHeaders)
    answerHeaders.set('location', response.url)
    answerHeaders.set('cache-control', 'no-store')
    return new Response(null, { status: 302, headers: answerHeaders })
  },
})

export function mountIdentity(app: App, port: ServerPort): void {
  if (port.config.oidc) app.get(`/api/auth/callback/${OIDC_PROVIDER}`, (context) => port.auth.handler(context.req.raw))
}
