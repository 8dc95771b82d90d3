import { describe, expect, test } from 'vitest'
import { unitOf, type Collection } from '../../../src/domain/collection.ts'
import { collections } from '../../../src/domain/collections.ts'
import { DELETED } from '../../../src/domain/row.ts'
import { LOCAL_SPACE } from '../../../src/domain/spaces.ts'
import type { SpaceId } from '../../../src/domain/ids.ts'
import { changeWords, linkTo, unitWords, valueWords, type Names } from '../../../src/client/features/outbox/wording.ts'

const team = 'team:damme' as SpaceId
const own = 'person:an' as SpaceId
const link = '0198a000-0000-7000-8000-000000000001'
const names: Names = {
  titleOf: (id) => (id === 'focus-kiezen' ? 'Kies je focus' : id),
  valuesOf: (_space, collection, row) => (collection === 'evidence' && row === link ? { task: 'focus-kiezen' } : {}),
  dossier: team,
  answerOf: (row, unit, value) => (row.startsWith('gids--') && !unit.includes('weg') ? { question: `Vraag ${unit}`, words: `in woorden ${String(value)}` } : undefined),
}
const said = (collection: string, row: string, units: Record<string, unknown>, space = team) => changeWords({ space, collection, row }, units, names)

describe('every collection', () => {
  const units = Object.values(collections).flatMap((definition) => {
    const { name, fields, deletable } = definition as unknown as Collection
    const written = Object.entries(fields).filter(([, { writers, merge }]) => writers !== 'server' && merge !== 'insertOnly')
    const names = new Set(written.map(([field]) => unitOf(definition as unknown as Collection, field)))
    return [...names, ...(deletable ? [DELETED] : [])].map((unit) => [name, unit] as const)
  })
  test.each(units)('%s.%s has words', (collection, unit) => {
    expect(unitWords({ space: team, collection, row: 'focus-kiezen' }, unit, names)).toMatch(/^(de|het) /)
  })
})

describe('a change', () => {
  test('of a status', () => {
    expect(said('taskProgress', 'focus-kiezen', { status: 'done' })).toEqual({ what: 'Status van “Kies je focus”', value: 'Afgerond', to: '/starten/focus-kiezen' })
  })
  test('that sends an assignment shows all that was filled in, to be copied', () => {
    const fields = [
      { id: 'naam', kind: 'shortText', label: 'Hoe heet die' },
      { id: 'leeg', kind: 'longText', label: 'Nog iets' },
      { id: 'wil', kind: 'choice', label: 'Wat wil die', options: [{ id: 'rust', label: 'Rust' }] },
      { id: 'wie', kind: 'rows', label: 'Wie sprak je', columns: [{ id: 'functie', kind: 'shortText', label: 'Functie' }, { id: 'wat', kind: 'longText', label: 'Wat' }] },
      { id: 'fotos', kind: 'photo', label: 'Foto’s' },
    ]
    const answers = { naam: 'Zonnebloem', wil: 'rust', wie: [{ functie: 'Leerkracht', wat: 'Het is druk.' }, { functie: 'Jeugdwerker' }], fotos: [{ file: 'a'.repeat(64), alt: 'De bank' }] }
    expect(said('submission', link, { snapshot: { version: 1, title: 'Maak een mens', fields, answers } }).text).toBe(
      'Hoe heet die\nZonnebloem\n\nWat wil die\nRust\n\nWie sprak je\nLeerkracht, Het is druk.\nJeugdwerker\n\nFoto’s\nDe bank',
    )
  })
  test('of a note shows its text', () => {
    expect(said('taskProgress', 'focus-kiezen', { note: { y: 'AAA=', t: 'Eerst bellen' } })).toEqual({ what: 'Notitie bij “Kies je focus”', text: 'Eerst bellen', to: '/starten/focus-kiezen' })
  })
  test('of two things names both', () => {
    expect(said('taskProgress', 'focus-kiezen', { status: 'inProgress', note: { y: '', t: 'x' } })).toMatchObject({ what: 'Status van “Kies je focus” en notitie bij “Kies je focus”', value: 'Bezig', text: 'x' })
  })
  test('that adds a link shows its title, else its address', () => {
    const set = { task: 'focus-kiezen', kind: 'link', url: 'https://damme.example', addedAt: '2026-11-21T09:00:00.000Z' }
    expect(said('evidence', link, set)).toEqual({ what: 'Link bij “Kies je focus”', value: 'https://damme.example', to: '/starten/focus-kiezen' })
    expect(said('evidence', link, { ...set, title: 'Nota' })).toMatchObject({ value: 'Nota' })
  })
  test('that removes and brings back', () => {
    expect(said('evidence', link, { [DELETED]: true })).toMatchObject({ what: 'Link bij “Kies je focus”', value: 'Verwijderd' })
    expect(said('evidence', link, { [DELETED]: false })).toMatchObject({ value: 'Teruggezet' })
  })
  test('by which the own work moves to the team is no deletion', () => {
    expect(said('taskProgress', 'focus-kiezen', { [DELETED]: true }, own)).toMatchObject({ what: 'Voortgang van “Kies je focus”', value: 'Verhuisd naar het team' })
    expect(changeWords({ space: LOCAL_SPACE, collection: 'taskProgress', row: 'focus-kiezen' }, { [DELETED]: true }, { ...names, dossier: LOCAL_SPACE })).toMatchObject({ value: 'Verwijderd' })
  })
  test('of an answer in a worksheet names the question and leads to the worksheet', () => {
    const to = '/instrumenten/gids#werkblad-start'
    expect(said('filledWorksheet', 'gids--start', { 'value.kan': 'ja' })).toEqual({ what: 'Antwoord op “Vraag value.kan”', value: 'in woorden ja', to })
    expect(said('filledWorksheet', 'gids--start', { 'text.opdracht': { y: '', t: 'Uitzoeken' } })).toEqual({ what: 'Antwoord op “Vraag text.opdracht”', text: 'Uitzoeken', to })
    expect(said('worksheetRow', 'gids--start--lijst--u', { order: 2 })).toEqual({ what: 'Volgorde in een werkblad van “gids”', to })
    expect(said('worksheetRow', 'gids--start--lijst--u', { [DELETED]: true })).toEqual({ what: 'Rij in een werkblad van “gids”', value: 'Verwijderd', to })
    expect(said('filledWorksheet', 'gids--start', { 'value.weg': 12 })).toEqual({ what: 'Antwoord op “gids”', value: '12', to })
    expect(valueWords('filledWorksheet', 'value.kan', 'ja', { subject: { space: team, collection: 'filledWorksheet', row: 'gids--start' }, names })).toBe('in woorden ja')
  })
  test('of the use of an instrument, and of a bookmark', () => {
    expect(said('guideUse', 'gids', { since: '2026-11-21' })).toEqual({ what: 'Begindatum van “gids”', value: '21 november 2026', to: '/instrumenten/gids' })
    expect(said('guideUse', 'gids', { score: 4 })).toMatchObject({ what: 'Score van “gids”', value: '4 van 5' })
    expect(said('guideUse', 'gids', { score: null })).toMatchObject({ value: 'Geen score' })
    expect(said('bookmark', 'gids--kiezen', { at: 'x' })).toEqual({ what: 'Bladwijzer in “gids”', to: '/instrumenten/gids#kiezen' })
  })
  test('of where one was says where, without its address', () => {
    expect(said('position', 'focus-kiezen', { place: { path: '/starten/focus-kiezen#tip', at: 'x' } })).toEqual({ what: 'Plaats waar je was in “Kies je focus”' })
  })
  test('by which a choice was made names what it was about', () => {
    expect(said('conflict', 'taskProgress:focus-kiezen:status:0mi.000.aaaaaaaaaa', { settledAt: 'x' })).toMatchObject({ what: 'Keuze over de status van “Kies je focus”' })
  })
  test('of something newer than this app still has words', () => {
    expect(said('actionPlan', 'x', { goal: 'y' })).toEqual({ what: 'Iets dat deze versie van de app niet kent' })
    expect(said('taskProgress', 'focus-kiezen', { mood: 'good' })).toMatchObject({ what: 'Gegevens van “Kies je focus”' })
    expect(unitWords({ space: team, collection: 'actionPlan', row: 'x' }, 'goal', names)).toBe('iets dat deze versie van de app niet kent')
    expect(said('constructor', 'x', {})).toEqual({ what: 'Iets dat deze versie van de app niet kent' })
  })
  test('of content that is not here shows the id', () => {
    expect(said('taskProgress', 'onbekend', { status: 'notApplicable' })).toMatchObject({ what: 'Status van “onbekend”', value: 'Niet van toepassing' })
  })
})

test('a value as one reads it on its screen', () => {
  expect(valueWords('taskProgress', 'status', 'notStarted')).toBe('Nog niet begonnen')
  expect(valueWords('taskProgress', DELETED, true)).toBe('Verwijderd')
  expect(valueWords('taskProgress', DELETED, false)).toBe('Behouden')
  expect(valueWords('position', 'place', { path: '/starten/x' })).toBe('/starten/x')
  expect(valueWords('nothing', 'x', 1)).toBe('')
})

test('a link leads to where the change was made', () => {
  expect(linkTo({ space: team, collection: 'evidence', row: link }, names)).toBe('/starten/focus-kiezen')
  expect(linkTo({ space: team, collection: 'evidence', row: 'elsewhere' }, names)).toBeUndefined()
  expect(linkTo({ space: team, collection: 'member', row: 'an' }, names)).toBeUndefined()
})
