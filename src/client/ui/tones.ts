/** How far something is. A tone always comes with words; the colour only repeats them. */
export type StatusTone = 'open' | 'active' | 'done' | 'muted' | 'blocked' | 'waiting' | 'problem'
export type Status = { words: string; tone: StatusTone }

/** A stop on the route: still to come, where you are, behind you, passed by, not to be reached yet. */
export type StopState = 'open' | 'here' | 'done' | 'skipped' | 'blocked'

export type SyncTone = 'local' | 'safe' | 'busy' | 'waiting' | 'problem'
export type NoticeTone = 'info' | 'warn' | 'success' | 'problem'
