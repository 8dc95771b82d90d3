/** How the status of a task looks. */
import type { TaskStatus } from '../../../domain/collections.ts'
import { statusWords } from '../../../domain/starter.ts'
import type { Status, StatusTone } from '../../ui/tones.ts'

const tones: Record<TaskStatus, StatusTone> = { notStarted: 'open', inProgress: 'active', done: 'done', notApplicable: 'muted' }

export const statusView = (status: TaskStatus): Status => ({ words: statusWords[status], tone: tones[status] })
