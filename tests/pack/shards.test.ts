import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { packedKinds } from '../../src/domain/content.ts'
import { PackIndex, PackShard } from '../../src/domain/pack.ts'
import { compile } from '../../src/pack/compile.ts'
import { buildShards, canonicalJson } from '../../src/pack/shards.ts'
import { changed, contentFolder, soundContent } from './content-folder.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)

describe('the pack', () => {
  it('has an index that describes every shard', () => {
    const { index, shards } = compile(contentFolder())
    expect(PackIndex.parse(index)).toEqual(index)
    expect(index.shards.map(({ name }) => name)).toEqual(['starter', 'figures', 'offers', 'practices', 'themes', 'terms', 'theme-days', 'labs', 'quickscan', 'municipalities', 'guide-gids-een', 'search'])
    for (const { entry, text } of shards) {
      const shard = PackShard.parse(JSON.parse(text))
      expect(entry).toMatchObject({ name: shard.name, hash: sha(text), file: `${shard.name}.${sha(text)}.json`, items: shard.items.length })
      expect(entry.bytes).toBe(Buffer.byteLength(text))
      expect(shard.items.every(({ kind }) => entry.kinds.includes(kind))).toBe(true)
    }
    expect(index.counts).toEqual({ phase: 2, task: 2, figure: 1, supportOffer: 1, practice: 1, guide: 1, theme: 1, term: 1, themeDay: 1, labTemplate: 0, assignment: 0, quickscan: 1, municipality: 2 })
    expect(index.shards.flatMap(({ kinds }) => kinds).toSorted()).toEqual([...packedKinds].toSorted())
  })

  it('tells the latest review', () => {
    const file = 'terms/begrip-een.md'
    expect(compile(contentFolder({ [file]: changed(file, '2026-11-21', '2027-01-02') })).index.reviewedOn).toBe('2027-01-02')
  })

  it('has the same bytes for the same content', () => {
    const windows = Object.fromEntries(Object.entries(soundContent).map(([file, text]) => [file, `\uFEFF${text.replaceAll('\n', '\r\n')}`]))
    const otherKeyOrder = changed('terms/begrip-een.md', /(id: .*\n)(title: .*\n)/, '$2$1')
    const first = compile(contentFolder())
    for (const replaced of [{}, windows, { 'terms/begrip-een.md': otherKeyOrder }]) {
      const again = compile(contentFolder(replaced))
      expect(canonicalJson(again.index)).toBe(canonicalJson(first.index))
      expect(again.shards).toEqual(first.shards)
    }
  })

  it('does not depend on the order of the items', () => {
    const { items } = compile(contentFolder())
    expect(buildShards(items.toReversed())).toEqual(buildShards(items))
  })

  it('changes its version and only the shard that changed', () => {
    const before = compile(contentFolder()).index
    const file = 'theme-days/dag-een.md'
    const after = compile(contentFolder({ [file]: changed(file, 'Hang een vlag uit.', 'Hang twee vlaggen uit.') })).index
    expect(after.version).not.toBe(before.version)
    expect(after.shards.filter(({ hash }, index) => hash !== before.shards[index]!.hash).map(({ name }) => name)).toEqual(['theme-days'])
  })

  it('costs only the guide that changed', () => {
    const file = 'guides/gids-een.md'
    const second = { 'guides/gids-twee.md': soundContent[file]!.replaceAll('gids-een', 'gids-twee') }
    const before = compile(contentFolder(second)).index
    expect(before.shards.map(({ name }) => name).slice(-3)).toEqual(['guide-gids-een', 'guide-gids-twee', 'search'])
    const after = compile(contentFolder({ ...second, [file]: changed(file, 'Vraag een zaal.', 'Vraag twee zalen.') }))
    const known = new Set(before.shards.map((shard) => shard.file))
    const fetched = after.index.shards.filter((shard) => !known.has(shard.file))
    expect(fetched.map(({ name, items }) => [name, items])).toEqual([['guide-gids-een', 1]])
    const { search } = JSON.parse(after.shards.find(({ entry }) => entry === fetched[0])!.text)
    expect(search).not.toContain('gids-twee')
    expect(fetched[0]!.bytes).toBeLessThan(JSON.stringify(after.items.find(({ id }) => id === 'gids-een')).length + JSON.stringify(search).length + 200)
  })

  it('writes objects with keys in order', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'é' }], a: null })).toBe('{"a":null,"b":[{"c":"é","d":1}]}')
  })
})
