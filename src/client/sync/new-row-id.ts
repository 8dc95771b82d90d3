import { v7 as uuidv7 } from 'uuid'
import type { Environment } from './environment.ts'

/** The id of a row that a person adds: a UUID that sorts by the moment it was made. */
export const newRowId = ({ now, random }: Pick<Environment, 'now' | 'random'>): string => uuidv7({ random: random(16), msecs: now() })
