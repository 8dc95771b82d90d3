/** Everything that can be found on this device: the index that came with the content, and the items it tells of. */
import { stemmer } from '@orama/stemmers/dutch'
import { type PackedItem, type PackedKind, packedKinds } from '../../../domain/content.ts'
import type { SearchFile } from '../../../domain/search-index.ts'
import { fold } from '../../../domain/search-words.ts'
import { itemsOf } from '../../db/content.ts'
import type { OpstapDatabase } from '../../db/database.ts'
import { loadPackFile } from '../../db/pack-file.ts'
import { createEngine, type Engine, type Entry } from './engine.ts'
