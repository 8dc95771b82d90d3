/** A copy of the built client that a test may change, as a deployment changes it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './built.ts'

/** `deploy`: puts the next release in its place; a page of it has `<meta name="release">`. */
export type Deployment = { folder: string; deploy: () => void; remove: () => void }

/** What the service worker answers with when a page is opened. */
const pages = ['index.html', 'painted/starten.html']

/** Throws when the worker does not keep the page, for then no device would ever get the next one. */
function withNextRevision(script: string, page: string): string {
  const changed = script.replace(new RegExp(`("revision":")\\w+(","url":"${page}")`), '$1next$2')
  if (changed === script) throw new Error(`${page} is not in the list of the service worker`)
  return changed
}

export function deployment(): Deployment {
  const folder = mkdtempSync(join(tmpdir(), 'opstap-client-'))
  cpSync(join(root, 'dist/client'), folder, { recursive: true })
  const change = (name: string, to: (text: string) => string) => {
    writeFileSync(join(folder, name), to(readFileSync(join(folder, name), 'utf8')))
    for (const packed of ['.br', '.gz']) rmSync(join(folder, name + packed), { force: true })
  }
  return {
    folder,
    deploy: () => {
      for (const page of pages) change(page, (html) => html.replace('</head>', '<meta name="release" content="next"></head>'))
      change('service-worker.js', (script) => `${pages.reduce(withNextRevision, script)}\n// next release`)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
