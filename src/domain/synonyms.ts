/** `src/content/synonyms.yaml`: what editors tell about words, beyond what the texts show. */
import * as z from 'zod/mini'
import { type Kind, kinds } from './content.ts'

const Word = z.string().check(z.trim(), z.minLength(1))
const Words = z.array(Word).check(z.minLength(1))

export const Synonyms = z.strictObject({
  /** Forms whose ending the stemmer does not see: `steden` → `stad`. */
  forms: z.record(Word, Word),
  /** Words and phrases that say the same, one list per notion. */
  same: z.array(z.array(Word).check(z.minLength(2))),
  /** Whoever types the first is helped by the others too, not the other way round: `rolstoel` → `toegankelijk`. */
  leadsTo: z.record(Word, Words),
  /** Words that tell which kind of answer someone looks for: `hoeveel` → a figure. */
  cues: z.partialRecord(z.enum(Object.keys(kinds) as [Kind, ...Kind[]]), Words),
})
export type Synonyms = z.infer<typeof Synonyms>
