/** A copy of the built client that a test may change, as a deployment changes it. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './built.ts'

/** `deploy`: puts the next release in its place; a page of it has `<meta name="release">`. */
export type Deployment = { folder: string; deploy: () => void; remove: () => void }

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
      change('index.html', (html) => html.replace('</head>', '<meta name="release" content="next"></head>'))
      change('service-worker.js', (script) => script.replace(/(index\.html["'`],\s*["']?revision["']?:\s*["'`])\w+|(["'`]?revision["'`]?:\s*["'`])\w+(["'`],\s*["'`]?url["'`]?:\s*["'`]index\.html)/, '$1$2next$3') + '\n// next release')
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
