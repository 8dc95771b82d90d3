import { fileURLToPath } from 'node:url'
import { stemmer } from '@orama/stemmers/dutch'
import MiniSearch from 'minisearch'
import { compile } from '../../../src/pack/compile.ts'
import { createEngine } from '../../../src/client/features/search/engine.ts'
import { questions as q1, unseen, third } from '../../pack/search-questions.ts'
const questions=process.env.ALL?[...q1,...unseen,...third]:third
const { items, search, problems } = compile(fileURLToPath(new URL('../../../src/content', import.meta.url)))
console.log('problems', problems.length, problems.slice(0,5))
const t=performance.now()
const engine = await createEngine(JSON.parse(search.text), stemmer)
console.log('load', Math.round(performance.now()-t), 'bytes', search.entry.bytes)
const byId = new Map(items.map(i=>[i.id,i]))
const kindOf=(id:string)=>{ const [item,s]=id.split('#'); const i=byId.get(item!) as any; if(!i) return undefined; return s?{kind:'chapter',names:[i.sections.find((x:any)=>x.id===s).title]}:{kind:i.kind,names:[i.title,...(i.alternatives??[])]} as any }
let bad=0, total=0, slow=0
const only = process.argv.slice(2)
for (const [typed,...right] of (only.length? only.map(q=>[q] as any):questions)) {
  const t0=performance.now(); const hits = engine.search(typed, kindOf); const ms=performance.now()-t0
  total+=ms; slow=Math.max(slow,ms)
  const top=hits.slice(0, only.length?8:3).map(h=>h.id)
  const ok = right.some((r:string)=>top.includes(r))
  if(!ok||only.length){bad++; console.log((ok?'ok ':'BAD ')+typed, `(${hits.length}, ${ms.toFixed(1)}ms)`, '\n    want', right.join(' | '), '\n    got ', hits.slice(0,only.length?14:5).map(h=>h.id+' '+h.score.toFixed(1)).join(' | '))}
}
console.log('bad',bad,'of',questions.length,'mean ms',(total/questions.length).toFixed(2),'max',slow.toFixed(1))
