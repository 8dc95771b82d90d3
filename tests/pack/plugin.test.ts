import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, createServer, type Rolldown } from 'vite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { PackIndex } from '../../src/domain/pack.ts'
import { compile } from '../../src/pack/compile.ts'
import { contentPack } from '../../src/pack/plugin.ts'
import { changed, contentFolder, writeFiles } from './content-folder.ts'

const term = 'terms/begrip-een.md'

/** An app of one page around a content folder. */
function app(contentDir: string) {
  const root = mkdtempSync(join(tmpdir(), 'app-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  writeFiles(root, { 'index.html': '<!doctype html><title>Opstap</title>' })
  return { configFile: false as const, root, logLevel: 'silent' as const, plugins: [contentPack(contentDir)] }
}

async function serve(contentDir: string) {
  const server = await createServer({ ...app(contentDir), server: { port: 0, host: '127.0.0.1' } })
  onTestFinished(() => server.close())
  await server.listen()
  // A write before the watcher has looked around would go unseen.
  await vi.waitFor(() => expect(server.watcher.getWatched()[join(contentDir, 'terms')]).toContain('begrip-een.md'), 10_000)
  const sent = vi.spyOn(server.environments.client.hot, 'send')
  return { get: (path: string) => fetch(new URL(path, server.resolvedUrls!.local[0])), sent }
}

describe('the Vite plugin', { timeout: 30_000 }, () => {
  it('puts the pack in the build', async () => {
    const contentDir = contentFolder()
    const { output } = (await build({ ...app(contentDir), build: { write: false } })) as Rolldown.RolldownOutput
    const packed = new Map(output.flatMap((file) => (file.type === 'asset' ? [[file.fileName, String(file.source)] as const] : [])))
    const index = PackIndex.parse(JSON.parse(packed.get('pack/index.json')!))
    expect(index).toEqual(compile(contentDir).index)
    for (const { file, bytes } of index.shards) expect(Buffer.byteLength(packed.get(`pack/${file}`)!)).toBe(bytes)
  })

  it('fails the build with every problem, each with file, field and message', async () => {
    const contentDir = contentFolder({ [term]: changed(term, 'title:', 'titel:'), 'nota.md': 'Tekst' })
    const built = build({ ...app(contentDir), build: { write: false } })
    await expect(built).rejects.toThrow(/nota\.md: bestand: hoort hier niet[\s\S]*terms\/begrip-een\.md: title: ontbreekt[\s\S]*terms\/begrip-een\.md: titel: onbekende sleutel/)
  })

  it('serves the pack while editing, reloads on a change and shows what is wrong', async () => {
    const contentDir = contentFolder()
    const { get, sent } = await serve(contentDir)
    const before = PackIndex.parse(await (await get('/pack/index.json')).json())
    expect(await (await get(`/pack/${before.shards[0]!.file}`)).json()).toMatchObject({ name: 'starter' })
    expect((await get('/pack/weg.json')).status).toBe(404)

    writeFiles(contentDir, { [term]: changed(term, 'gewone', 'andere') })
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ type: 'full-reload' }), 10_000)
    const after = PackIndex.parse(await (await get('/pack/index.json')).json())
    expect(after.version).not.toBe(before.version)

    sent.mockClear()
    writeFiles(contentDir, { [term]: changed(term, 'title:', 'titel:') })
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith({ type: 'full-reload' }), 10_000)
    const wrong = await get('/pack/index.json')
    expect(wrong.status).toBe(500)
    expect(await wrong.text()).toContain(`${term}: titel: onbekende sleutel "titel". Bedoel je "title"?`)
    expect(sent).toHaveBeenCalledWith(expect.objectContaining({ type: 'error' }))
  })
})
