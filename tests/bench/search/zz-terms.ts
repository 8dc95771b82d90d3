import { fileURLToPath } from 'node:url'
import { stemmer } from '@orama/stemmers/dutch'
import { compile } from '../../../src/pack/compile.ts'
import { wordReaderOf } from '../../../src/domain/search-index.ts'
const { search } = compile(fileURLToPath(new URL('../../../src/content', import.meta.url)))
const f=JSON.parse(search.text); const r=wordReaderOf(f, stemmer)
for (const q of process.argv.slice(2)) console.log(q,'→',r.terms(q).join(' '))
console.log(f.synonyms.same[54], f.words.split(' ').length)
