import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/domain/content.ts'
import { bookmarkId, byChapter, byType, changesSince, distanceTo, pathOfPlace, placeAt, placeOf, readBookmarkId } from '../../src/domain/reading.ts'

const extents = [
  { id: 'wat', top: -500, bottom: 300 },
  { id: 'hoe', top: 300, bottom: 1_300 },
]

describe('the place under the reading line', () => {
  it('is a chapter and how far in it', () => {
    expect(placeAt(extents, 100)).toEqual({ section: 'wat', offset: 750 })
    expect(placeAt(extents, 300)).toEqual({ section: 'hoe', offset: 0 })
    expect(placeAt(extents, 5_000)).toEqual({ section: 'hoe', offset: 1_000 })
  })
  it('is none above the first, or without chapters', () => {
    expect([placeAt(extents, -501), placeAt([], 100)]).toEqual([null, null])
  })
  it('is found back on a screen of another width', () => {
    const wide = [{ id: 'wat', top: 900, bottom: 1_300 }]
    expect(distanceTo(wide, { section: 'wat', offset: 750 }, 100)).toBe(1_100)
    expect(distanceTo(wide, { section: 'weg', offset: 0 }, 100)).toBeNull()
  })
  it('goes along in a path', () => {
    expect(placeOf({ path: pathOfPlace('gids', 'hoe'), offset: 20 })).toEqual({ section: 'hoe', offset: 20 })
    expect(placeOf({ path: '/instrumenten/gids#hoe' })).toEqual({ section: 'hoe', offset: 0 })
    expect([placeOf({ path: '/instrumenten/gids', offset: 3 }), placeOf({})]).toEqual([null, null])
  })
})

describe('what changed', () => {
  const change = (version: number, section?: string): Change => ({ version, on: '2026-12-01', what: `v${version}`, ...(section ? { section } : {}) })
  const changes = [change(2), change(4, 'hoe'), change(3, 'weg')]

  it('since the version that was seen, the newest first', () => {
    expect(changesSince({ changes }, 2).map(({ version }) => version)).toEqual([4, 3])
    expect(changesSince({ changes }, 4)).toEqual([])
  })
  it('is nothing for who never saw it', () => {
    expect(changesSince({ changes }, undefined)).toEqual([])
  })
  it('stands at its chapter, or at the guide where that chapter is gone', () => {
    const { whole, of } = byChapter(changes, [{ id: 'hoe' }])
    expect(whole.map(({ version }) => version)).toEqual([2, 3])
    expect(of('hoe').map(({ version }) => version)).toEqual([4])
    expect(of('wat')).toEqual([])
  })
})

it('puts the large guides apart, each by name', () => {
  const guide = (guideType: 'instrument' | 'shorter', title: string) => ({ guideType, title })
  const { large, shorter } = byType([guide('shorter', 'Zo'), guide('instrument', 'Thuis'), guide('shorter', 'Échte taal'), guide('instrument', 'Lio')])
  expect([large.map(({ title }) => title), shorter.map(({ title }) => title)]).toEqual([['Lio', 'Thuis'], ['Échte taal', 'Zo']])
})

it('names a bookmark by guide and chapter', () => {
  expect(readBookmarkId(bookmarkId('gids-een', 'hoe-dan'))).toEqual({ guide: 'gids-een', section: 'hoe-dan' })
})
