import { fileURLToPath } from 'node:url'
import { stemmer } from '@orama/stemmers/dutch'
import { compile } from '../../../src/pack/compile.ts'
import { createEngine } from '../../../src/client/features/search/engine.ts'
const { search } = compile(fileURLToPath(new URL('../../../src/content', import.meta.url)))
const engine = await createEngine(JSON.parse(search.text), stemmer)
for (const q of process.argv.slice(2)) for (const t of engine.read(q).tokens) console.log(q,'|',t.word,t.strength,t.corrected,[...t.terms].map(([k,v])=>`${k}:${v.weight.toFixed(2)}/${v.covers.toFixed(2)}${v.part>=0?'p'+v.part:''}`).join(' '))
