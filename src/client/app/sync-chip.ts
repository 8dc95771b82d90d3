/** How the sync status looks in the header. */
import type { SyncStatus } from '../sync/status.ts'
import type { SyncTone } from '../ui/tones.ts'

const tones: Record<SyncStatus['kind'], SyncTone> = {
  local: 'local',
  allSent: 'safe',
  sending: 'busy',
  waiting: 'waiting',
  failed: 'problem',
  choice: 'problem',
  full: 'problem',
  signIn: 'problem',
}

export const toneOf = (status: SyncStatus): SyncTone => tones[status.kind]
