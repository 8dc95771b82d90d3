/** How the status of a task looks. */
import type { TaskStatus } from '../../../domain/collections.ts'
import { statusWords } from '../../../domain/starter.ts'
import type { Status, StatusTone } from '../../ui/tones.ts'

const view = (status: TaskStatus, tone: StatusTone): Status => ({ words: statusWords[status], tone })
/** Always the same object for the same status: a row of which nothing changed is not drawn again. */
const views: Record<TaskStatus, Status> = {
  notStarted: view('notStarted', 'open'),
  inProgress: view('inProgress', 'active'),
  done: view('done', 'done'),
  notApplicable: view('notApplicable', 'muted'),
}

export const statusView = (status: TaskStatus): Status => views[status]
