import { fileURLToPath } from 'node:url'
import { stemmer } from '@orama/stemmers/dutch'
import { compile } from '../../../src/pack/compile.ts'
import { createEngine } from '../../../src/client/features/search/engine.ts'
import { P, boosts, kindBoosts } from '../../../src/client/features/search/ranking.ts'
import { WEIGHTS, COVERS } from '../../../src/client/features/search/query.ts'
import { questions, unseen } from '../../pack/search-questions.ts'
const { items, search } = compile(fileURLToPath(new URL('../../../src/content', import.meta.url)))
const engine = await createEngine(JSON.parse(search.text), stemmer)
const byId = new Map(items.map(i=>[i.id,i]))
const kindOf=(id:string)=>{ const [item,s]=id.split('#'); return s?'chapter':byId.get(item!)?.kind as any }
const qs=[...questions,...unseen]
// titles must find their own item
const titled=items.filter((i:any)=>i.kind!=='municipality').map((i:any)=>[i.title,i.id] as const)
function evalAll(){ let mrr=0,bad=0,tb=0; for(const [typed,...right] of qs){const hits=engine.search(typed,kindOf).slice(0,10).map(h=>h.id);const at=hits.findIndex(h=>right.includes(h)); if(at<0||at>2)bad++; mrr+=at<0?0:1/(at+1)}; for(const [t,id] of titled){ if(!engine.search(t,kindOf).slice(0,3).some(h=>h.id===id)) {tb++; if(!(globalThis as any).told) console.log('TITLE',t,engine.search(t,kindOf).slice(0,4).map(h=>h.id).join(' '))} } return {bad,mrr:+(mrr/qs.length).toFixed(4),tb} }
console.log('base',evalAll());(globalThis as any).told=true
const sets:[string,any,string,number[]][]=[['power',P,'power',[.75,1,1.25,1.5,2]],['titled',P,'titled',[0,.3,.6,1,1.5]],['title',boosts,'title',[3,4,5,6,8]],['also',boosts,'also',[2,3.5,5]],['summary',boosts,'summary',[1.5,2.2,3,4]],['headings',boosts,'headings',[1,1.6,2.2]],['context',boosts,'context',[.2,.5,.8]],['notion',WEIGHTS,'notion',[.3,.5,.7]],['way',WEIGHTS,'way',[.15,.3,.45]],['part',WEIGHTS,'part',[.3,.5,.7]],['cnotion',COVERS,'notion',[.6,.8,.9]],['cway',COVERS,'way',[.3,.5,.7]],['task',kindBoosts,'task',[1,1.15,1.3]],['term',kindBoosts,'term',[.9,1,1.1]],['figure',kindBoosts,'figure',[.8,.9,1]],['chapter',kindBoosts,'chapter',[.7,.9]]]
for(const [n,o,k,vs] of sets){const keep=o[k];console.log(n,vs.map(v=>{o[k]=v;const r=evalAll();return `${v}:${r.bad}/${r.mrr}/${r.tb}`}).join('  '));o[k]=keep}
