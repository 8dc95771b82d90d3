/** Who sends a request: the own app or a foreign page, and from which network address. */
import { isLoopback, type Config } from '../config.ts'

const changing = (method: string) => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/**
 * True for a request that changes something and that a foreign page made. The session cookie travels only on the same
 * site; this also stops pages of neighbouring hosts, and of other programs on this computer.
 */
export function isForeign(request: Request, config: Pick<Config, 'publicUrl' | 'production'>): boolean {
  if (!changing(request.method)) return false
  const origin = request.headers.get('origin')
  if (origin !== null) return !isOwnOrigin(origin, request, config)
  const site = request.headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

function isOwnOrigin(origin: string, request: Request, { publicUrl, production }: Pick<Config, 'publicUrl' | 'production'>): boolean {
  if (origin === publicUrl) return true
  if (production || !URL.canParse(origin)) return false
  const [theirs, ours] = [new URL(origin), new URL(publicUrl)]
  if (isLoopback(theirs.hostname) && theirs.port === ours.port) return true
  return theirs.host === request.headers.get('host')
}

/** Named by the browser as this computer itself; false under a foreign name that was made to point here. */
export const isLocalHost = (request: Request): boolean => {
  const host = request.headers.get('host') ?? new URL(request.url).host
  return URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
}

const PRIVATE = /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i

/**
 * The address of the device. A peer in the own network is a proxy, and what it adds to `X-Forwarded-For` counts: the last
 * address there that is not itself of the own network. What a device writes there itself stands before it.
 */
export function addressOf(request: Request, peer: string | undefined): string {
  const direct = (peer ?? '').replace(/^::ffff:/, '')
  if (direct !== '' && !PRIVATE.test(direct)) return direct
  const forwarded = (request.headers.get('x-forwarded-for') ?? '').split(',').map((address) => address.trim().replace(/^::ffff:/, ''))
  return forwarded.findLast((address) => /^[0-9a-f.:]{3,45}$/i.test(address) && !PRIVATE.test(address)) ?? (direct || 'unknown')
}
