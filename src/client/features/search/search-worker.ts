/** Searches beside the page, which stays free for the fingers. */
import { expose } from 'comlink'
import { OpstapDatabase } from '../../db/database.ts'
import { createSearcher } from './searcher.ts'

expose(createSearcher(new OpstapDatabase(), (ms, task) => void setTimeout(task, ms)))
