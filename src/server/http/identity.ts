/** The steps of signing in with a municipal identity (OpenID Connect). Nothing else of better-auth is reachable from outside. */
import { OIDC_PROVIDER } from '../accounts/auth.ts'
import type { ServerPort } from '../port.ts'
import { problemAnswer } from './answer.ts'
import type { App } from './mount.ts'

export function mountIdentity(app: App, port: ServerPort): void {
  if (!port.config.oidc) return
  /** Where the sign-in page sends someone; the provider sends them back to the callback, and that to the app. */
  app.get('/api/sign-in/gemeente', async () => {
    const { headers, response } = await port.auth.api.signInSocial({
      body: { provider: OIDC_PROVIDER, callbackURL: `${port.config.publicUrl}/account`, errorCallbackURL: `${port.config.publicUrl}/aanmelden?fout=gemeente` },
      returnHeaders: true,
    })
    if (!response.url) return problemAnswer('unavailable')
    const answer = new Headers({ location: response.url, 'cache-control': 'no-store' })
    for (const cookie of headers.getSetCookie()) answer.append('set-cookie', cookie)
    return new Response(null, { status: 302, headers: answer })
  })
  app.get(`/api/auth/callback/${OIDC_PROVIDER}`, (context) => port.auth.handler(context.req.raw))
}
