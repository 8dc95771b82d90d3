/** What the chip in the header says; derived from the outbox and the server's answers, never from the browser's own guess. */
export type SyncStatus =
  | { kind: 'local' }
  | { kind: 'allSent' }
  | { kind: 'sending'; done: number; total: number }
  | { kind: 'waiting'; count: number }
  | { kind: 'failed'; count: number }
  | { kind: 'choice'; count: number }
  | { kind: 'full' }
  | { kind: 'signIn'; count: number }

export type SyncFacts = {
  signedIn: boolean
  /** Changes of the signed-in person (or of nobody) that the server has not acknowledged. */
  unsent: number
  parked: number
  conflicts: number
  /** The device refused to store something. */
  full: boolean
  /** What the last exchange with the server came to. */
  last: { kind: 'none' } | { kind: 'ok' } | { kind: 'busy'; done: number; total: number } | { kind: 'offline' } | { kind: 'refused' } | { kind: 'signInNeeded' }
}

/** One sentence about all facts; the most urgent one wins. */
export function statusOf(facts: SyncFacts): SyncStatus {
  if (facts.full) return { kind: 'full' }
  if (!facts.signedIn) return { kind: 'local' }
  if (facts.last.kind === 'signInNeeded') return { kind: 'signIn', count: facts.unsent }
  if (facts.conflicts > 0) return { kind: 'choice', count: facts.conflicts }
  if (facts.parked > 0 || facts.last.kind === 'refused') return { kind: 'failed', count: facts.parked }
  if (facts.last.kind === 'busy' && facts.unsent > 0) return { kind: 'sending', done: facts.last.done, total: facts.last.total }
  if (facts.unsent > 0) return { kind: 'waiting', count: facts.unsent }
  return { kind: 'allSent' }
}

/** With a photo that is not on the server yet not everything was sent. Photos go after texts, and are told after them. */
export function withPhotos(status: SyncStatus, { waiting, refused }: { waiting: number; refused: number }): SyncStatus {
  if (status.kind !== 'allSent') return status
  if (refused > 0) return { kind: 'failed', count: refused }
  return waiting > 0 ? { kind: 'waiting', count: waiting } : status
}

/** The words of PRODUCT.md. */
export function wordsOf(status: SyncStatus): string {
  switch (status.kind) {
    case 'local':
      return 'Alleen op dit toestel'
    case 'allSent':
      return 'Alles verstuurd'
    case 'sending':
      return `Bezig met versturen (${Math.min(status.done + 1, status.total)} van ${status.total})`
    case 'waiting':
      return status.count === 1 ? '1 wacht op verbinding' : `${status.count} wachten op verbinding`
    case 'failed':
      return 'Niet gelukt, probeer opnieuw'
    case 'choice':
      return 'Keuze nodig'
    case 'full':
      return 'Toestel vol'
    case 'signIn':
      return 'Meld je aan om te versturen'
  }
}
