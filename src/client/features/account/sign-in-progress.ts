/** Reading the mail often means leaving the page; on a phone it may be gone on return. The address and the code's age survive. */
export type SignInProgress = { email: string; askedAt: number }

const KEY = 'opstap-sign-in'
/** As long as a code works. */
const CODE_MS = 600_000

export function keepProgress(progress: SignInProgress): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(progress))
  } catch {
    // Without it a lost page means typing the address again.
  }
}

/** null when there is none, or the code has expired. */
export function readProgress(now: number): SignInProgress | null {
  try {
    const { email, askedAt } = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Record<string, unknown>
    const fresh = typeof email === 'string' && typeof askedAt === 'number' && now - askedAt < CODE_MS && now >= askedAt
    return fresh ? { email, askedAt } : null
  } catch {
    return null
  }
}

export function forgetProgress(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Nothing was kept.
  }
}
