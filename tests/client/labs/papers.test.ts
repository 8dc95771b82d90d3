// @vitest-environment happy-dom
/** What was sent in, to take along: as a Word document, and the cohort as a table. */
import { onTestFinished, describe, expect, test, vi } from 'vitest'
import type { SpaceId } from '../../../src/domain/ids.ts'
import type { Snapshot } from '../../../src/domain/snapshot.ts'
import { cohortDocument, submissionDocument, type Submission } from '../../../src/client/features/labs/submission-document.ts'
import { photoBytes } from '../../../src/client/sync/photo-bytes.ts'
import { nameOf, tinyJpeg } from '../../support/tiny-jpeg.ts'
import { unzipped } from '../../support/zip.ts'
import { arrived, ENTRY, facilitator, LAB, lab, labDevice, NOW, open, send, SENT } from './stage.ts'

const HERE = 'a'.repeat(64)
const AWAY = 'b'.repeat(64)
const full = {
  version: 1,
  title: 'Ga kijken <waar> & hoe',
  fields: [
    { id: 'plek', kind: 'shortText', label: 'Waar keken jullie?' },
    { id: 'lang', kind: 'longText', label: 'Wat zagen jullie?' },
    { id: 'wil', kind: 'choice', label: 'Wat wil die?', options: [{ id: 'rust', label: 'Rust' }] },
    { id: 'wie', kind: 'multiChoice', label: 'Wie was er?', options: [{ id: 'jong', label: 'Jongeren' }, { id: 'oud', label: 'Ouderen' }] },
    { id: 'stand', kind: 'scale', label: 'Hoe ver?', options: [{ id: 'een', label: 'We beginnen net' }] },
    { id: 'dag', kind: 'date', label: 'Welke dag?' },
    { id: 'duur', kind: 'number', label: 'Hoe lang?' },
    { id: 'gezien', kind: 'rows', label: 'Uur na uur', columns: [{ id: 'uur', kind: 'shortText', label: 'Uur' }, { id: 'wat', kind: 'longText', label: 'Wat' }] },
    { id: 'fotos', kind: 'photo', label: 'Foto’s' },
    { id: 'extra', kind: 'longText', label: 'Nog iets?' },
  ],
  answers: { plek: 'Het plein', lang: 'Eerst stil.\nDan druk.', wil: 'rust', wie: ['jong', 'oud'], stand: 'een', dag: '2025-05-03', duur: 7.5, gezien: [{ uur: '16.10', wat: 'Twaalf jongens' }, { uur: '17.00' }], fotos: [{ file: HERE, alt: 'De bank "naast" het doel' }, { file: AWAY, alt: 'De haag' }] },
} as unknown as Snapshot

const submission = (more: Partial<Submission['sent']> = {}): Submission => ({
  team: 'Damme',
  lab: 'Labo van het voorjaar',
  space: ENTRY as SpaceId,
  due: Date.UTC(2025, 4, 8, 15),
  first: Date.UTC(2025, 4, 10, 12, 32),
  sent: { id: SENT, at: Date.UTC(2025, 4, 10, 12, 32), by: 'An', arrivedAt: Date.UTC(2025, 4, 10, 12, 40), review: null, feedback: null, prepared: false, snapshot: full, ...more },
})
const photos = async (_space: string, file: string) => (file === HERE ? tinyJpeg(1_600, 1_200) : null)

async function filesOf(blob: Blob | Promise<Blob>) {
  const files = unzipped(new Uint8Array(await (await blob).arrayBuffer()))
  return { files, document: files.get('word/document.xml')!, styles: files.get('word/styles.xml')!, core: files.get('docProps/core.xml')! }
}
/** Every paragraph with its style; those in tables too. */
const paragraphs = (xml: string) =>
  [...xml.matchAll(/<w:p>(.*?)<\/w:p>|<w:p .*?>(.*?)<\/w:p>/g)].map(([whole]) => ({
    style: /<w:pStyle w:val="([^"]+)"/.exec(whole)?.[1],
    words: [...whole.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(''),
  }))
const styled = (xml: string, style: string | undefined) => paragraphs(xml).filter((each) => each.style === style).map(({ words }) => words)

describe('a submission as a Word document', () => {
  test('has real headings in Dutch, and says whose it is, when it was sent and when it arrived', async () => {
    const { document, styles, core } = await filesOf(submissionDocument(submission(), photos))
    expect(styled(document, 'Title')).toEqual(['Ga kijken &lt;waar&gt; &amp; hoe'])
    expect(styled(document, 'Heading1')).toEqual(['Antwoorden'])
    expect(styled(document, 'Heading2')).toEqual(full.fields.map(({ label }) => label))
    expect(styled(document, undefined).slice(0, 8)).toEqual([
      'Damme, Labo van het voorjaar',
      'Gemeente: Damme',
      'Leerlabo: Labo van het voorjaar',
      expect.stringMatching(/^Referentie: [0-9A-Z]{4}-[0-9A-Z]{4}$/),
      'Toestand: Verstuurd, zaterdag 10 mei 2025 om 14.32 door An',
      'Inleveren tegen: donderdag 8 mei 2025 om 17.00 (2 dagen te laat verstuurd)',
      'Verzonden op het toestel: zaterdag 10 mei 2025 om 14.32 door An',
      'Aangekomen op de server: zaterdag 10 mei 2025 om 14.40',
    ])
    expect(styles).toMatch(/<w:lang [^>]*w:val="nl-BE"/)
    for (const level of [1, 2, 3]) expect(styles).toMatch(new RegExp(`<w:style [^>]*w:styleId="Heading${level}"`))
    expect(core).toContain('<dc:creator>Damme</dc:creator>')
  })

  test('has every answer, of every kind; rows as a table with a heading row', async () => {
    const { document } = await filesOf(submissionDocument(submission(), photos))
    const words = paragraphs(document).map((each) => each.words)
    const answersTo = (label: string) => words.slice(words.indexOf(label) + 1)
    expect(answersTo('Waar keken jullie?')[0]).toBe('Het plein')
    expect(answersTo('Wat zagen jullie?').slice(0, 2)).toEqual(['Eerst stil.', 'Dan druk.'])
    expect(answersTo('Wat wil die?')[0]).toBe('Rust')
    expect(answersTo('Wie was er?')[0]).toBe('Jongeren, Ouderen')
    expect(answersTo('Hoe ver?')[0]).toBe('We beginnen net')
    expect(answersTo('Welke dag?')[0]).toBe('3 mei 2025')
    expect(answersTo('Hoe lang?')[0]).toBe('7,5')
    expect(answersTo('Uur na uur').slice(0, 6)).toEqual(['Uur', 'Wat', '16.10', 'Twaalf jongens', '17.00', ''])
    expect(answersTo('Nog iets?')[0]).toBe('Niet ingevuld')
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1)
  })

  test('holds the photos that are there with what is to be seen on them, and says it of those that are not', async () => {
    const { document, files } = await filesOf(submissionDocument(submission(), photos))
    const properties = [...document.matchAll(/<wp:docPr [^>]*>/g)].map(([tag]) => tag)
    expect(properties).toHaveLength(1)
    expect(properties[0]).toContain('descr="De bank &quot;naast&quot; het doel"')
    expect([...files.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(1)
    // 560 pixels wide, and as high as its shape asks.
    expect(document).toContain(`<wp:extent cx="${560 * 9_525}" cy="${420 * 9_525}"/>`)
    expect(styled(document, undefined)).toContain('De haag (deze foto zit niet in het document: ze stond niet op dit toestel en kon niet opgehaald worden)')
  })

  test('shows released feedback, and nothing of what is in preparation', async () => {
    const plain = await filesOf(submissionDocument(submission({ prepared: true, review: { at: Date.UTC(2025, 4, 11), by: 'Bart' } }), photos))
    expect(plain.document).not.toContain('voorbereiding')
    expect(styled(plain.document, undefined)).toContain('Toestand: In bespreking, zondag 11 mei 2025 om 02.00 door Bart')
    const { document } = await filesOf(submissionDocument(submission({ feedback: { id: 'f', text: 'Mooi.\nWie ontbreekt?', verdict: 'toComplete', at: Date.UTC(2025, 4, 12, 7), by: 'Bart' } }), photos))
    expect(styled(document, 'Heading1')).toEqual(['Antwoorden', 'Feedback'])
    expect(styled(document, undefined)).toEqual(expect.arrayContaining(['Aan te vullen: maandag 12 mei 2025 om 09.00 door Bart', 'Mooi.', 'Wie ontbreekt?']))
  })

  test('that waits on the device says that it did not arrive', async () => {
    const { document } = await filesOf(submissionDocument(submission({ arrivedAt: null }), photos))
    expect(styled(document, undefined)).toEqual(expect.arrayContaining([expect.stringMatching(/^Toestand: Wacht op verzending/), 'Aangekomen op de server: nog niet']))
  })

  test('holds no more photos than a phone can bear', async () => {
    const large = new Uint8Array(25_000_000)
    large.set(tinyJpeg(1_600, 1_200))
    const many = { ...full, answers: { fotos: [HERE, HERE, HERE].map((file) => ({ file, alt: 'Groot' })) } } as Snapshot
    const { document } = await filesOf(submissionDocument(submission({ snapshot: many }), async () => large))
    expect(document.match(/<wp:docPr /g)).toHaveLength(2)
    expect(styled(document, undefined).filter((words) => words.startsWith('Groot (deze foto zit niet'))).toHaveLength(1)
  })
})

test('a cohort is one document: an assignment, its teams, their questions', async () => {
  const told: number[] = []
  const chapters = [{ title: 'Maak een mens', entries: [{ title: 'Damme', submission: submission() }, { title: 'Zuienkerke', submission: submission() }] }, { title: 'Plan een test', entries: [{ title: 'Damme', submission: submission() }] }]
  const { document } = await filesOf(cohortDocument('Labo van het voorjaar', '12 mei 2025', chapters, photos, (done) => told.push(done)))
  expect(styled(document, 'Title')).toEqual(['Labo van het voorjaar'])
  expect(styled(document, 'Heading1')).toEqual(['Maak een mens', 'Plan een test'])
  expect(styled(document, 'Heading2')).toEqual(['Damme', 'Zuienkerke', 'Damme'])
  expect(styled(document, 'Heading3')).toHaveLength(3 * full.fields.length)
  expect(told).toEqual([1, 2, 3])
})

/** What was offered as a file since, by name. */
function offered(): Map<string, Blob> {
  const files = new Map<string, Blob>()
  let last: Blob
  vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => ((last = made as Blob), 'blob:opstap'))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.set(this.download, last)
  })
  onTestFinished(() => void vi.restoreAllMocks())
  return files
}
async function only(files: Map<string, Blob>): Promise<[name: string, blob: Blob]> {
  await vi.waitFor(() => expect(files.size).toBe(1), { timeout: 10_000 })
  return [...files][0]!
}

describe('on the screen', () => {
  test('the receipt is kept as a document with the photo of this device, and of the server where it is not here', async () => {
    const { client } = await labDevice()
    await lab(client)
    const [here, there] = [tinyJpeg(800, 600), tinyJpeg(600, 800)]
    const [hereName, thereName] = [await nameOf(here), await nameOf(there)]
    await client.db.photos.put({ id: hereName, space: 'team:damme' as SpaceId, bytes: here.buffer, type: 'image/jpeg', author: 'mieke' as never, at: NOW, waits: 0 })
    const asked: string[] = []
    vi.stubGlobal('fetch', async (address: string) => (asked.push(address), new Response(there)))
    onTestFinished(() => void vi.unstubAllGlobals())
    const withPhotos = { version: 1, title: 'Kijken', fields: [{ id: 'fotos', kind: 'photo', label: 'Foto’s' }], answers: { fotos: [{ file: hereName, alt: 'Hier' }, { file: thereName, alt: 'Daar' }] } }
    await send(client, { snapshot: withPhotos })
    const screen = await open(client, `/leerlabo/${LAB}/opdracht/persona?stap=verstuurd`)
    const files = offered()
    await screen.press('Bewaar als Word')
    const [name, blob] = await only(files)
    expect(name).toMatch(/^inzending-[0-9A-Z]{4}-[0-9A-Z]{4}\.docx$/)
    expect([...(await filesOf(blob)).document.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, words]) => words)).toEqual(['Hier', 'Daar'])
    expect(asked).toEqual([`/api/photos/${thereName}?space=${encodeURIComponent(ENTRY)}`])
  })

  test('what was sent earlier is kept by itself, by its own name', async () => {
    const { client } = await labDevice()
    await lab(client, facilitator)
    await send(client)
    await arrived(client, ENTRY, 'submission', '0190b6a2-7c1e-7abc-8def-0123456789cc', { assignment: 'persona', snapshot: { ...full, title: 'Later' }, from: 'An', arrivedAt: new Date(NOW).toISOString() }, NOW - 60_000)
    const screen = await open(client, `/begeleiding/${LAB}/damme/persona`)
    const files = offered()
    await screen.press(/^Bewaar als Word:/)
    const [, blob] = await only(files)
    expect(styled((await filesOf(blob)).document, 'Title')).toEqual(['Maak een mens'])
  })

  test('the board gives a table of every team and assignment, and a document of what was sent; no draft is in either', async () => {
    const { client } = await labDevice()
    await lab(client, facilitator)
    await arrived(client, `lab:${LAB}`, 'labTeam', 'elders', { name: '=Elders', nis: '31042', left: false })
    await send(client)
    await arrived(client, `review:${LAB}`, 'feedbackDraft', SENT, { team: 'damme', assignment: 'persona', text: { y: 'AAA=', t: 'Geheim nog.' } })
    await arrived(client, 'team:elders', 'assignmentAnswer', `${LAB}--persona`, { 'value.naam': 'Klad van elders' })
    const screen = await open(client, `/begeleiding/${LAB}`)
    const files = offered()
    await screen.press('Bewaar het overzicht als csv')
    const [name, table] = await only(files)
    expect(name).toBe('leerlabo-overzicht-2025-05-12.csv')
    expect([...new Uint8Array(await table.arrayBuffer()).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = (await table.text()).replace('\uFEFF', '').trimEnd().split('\r\n')
    expect(lines[0]).toBe('Team;NIS-code;Opdracht;Toestand;Laatste activiteit;Inleveren tegen;Te laat;Verzonden;Aangekomen;Referentie')
    expect(lines.slice(1, 3)).toEqual(["'=Elders;31042;Maak een mens;Niet begonnen;;2025-05-15 10:00;nee;;;", "'=Elders;31042;Plan een test;Niet begonnen;;;nee;;;"])
    expect(lines[3]).toMatch(/^Damme;31006;Maak een mens;Feedback in voorbereiding;2025-05-11 10:00;2025-05-15 10:00;nee;2025-05-11 10:00;2025-05-11 10:00;[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(lines).toHaveLength(5)

    files.clear()
    await screen.press('Bewaar de inzendingen als Word')
    const [document, blob] = await only(files)
    expect(document).toBe('leerlabo-inzendingen-2025-05-12.docx')
    const xml = (await filesOf(blob)).document
    expect(styled(xml, 'Heading1')).toEqual(['Maak een mens'])
    expect(styled(xml, 'Heading2')).toEqual(['Damme'])
    expect(xml).not.toMatch(/Klad|Geheim|voorbereiding/)
    await screen.pick('Welke inzendingen?', 'Alle, per gemeente')
    files.clear()
    await screen.press('Bewaar de inzendingen als Word')
    expect(styled((await filesOf((await only(files))[1])).document, 'Heading1')).toEqual(['Damme'])
    await screen.pick('Welke inzendingen?', 'Plan een test')
    files.clear()
    await screen.press('Bewaar de inzendingen als Word')
    await screen.says('Hiervan is nog niets verstuurd.')
    expect(files.size).toBe(0)
  })
})

test('a photo is not taken from a page that says to be the internet', async () => {
  const { client } = await labDevice()
  vi.stubGlobal('fetch', async () => new Response('<!doctype html><title>Gratis wifi</title>'))
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(await photoBytes(client.db, ENTRY as SpaceId, AWAY)).toBeNull()
})
