/** The pack in Vite: files of the build, or served fresh while editing. Wrong content fails the build with every problem. */
import { sep } from 'node:path'
import type { Plugin, ViteDevServer } from 'vite'
import { compile, type Compiled } from './compile.ts'
import { problemLine } from './problem.ts'
import { canonicalJson } from './shards.ts'

/** `contentDir`: absolute path of the content folder. */
export function contentPack(contentDir: string): Plugin {
  return {
    name: 'opstap:content-pack',
    generateBundle() {
      const compiled = compile(contentDir)
      if (compiled.problems.length) this.error(problemText(compiled))
      for (const [fileName, source] of packFiles(compiled)) this.emitFile({ type: 'asset', fileName, source })
    },
    configureServer: (server) => serveFresh(server, contentDir),
  }
}

/** Compiled at the first request after a change: editors save often, pages are loaded now and then. */
function serveFresh(server: ViteDevServer, contentDir: string): void {
  let fresh: Compiled | undefined
  const folder = contentDir.endsWith(sep) ? contentDir : contentDir + sep
  server.watcher.add(contentDir)
  server.watcher.on('all', (_event, path) => {
    if (!path.startsWith(folder)) return
    fresh = undefined
    server.environments.client.hot.send({ type: 'full-reload' })
  })

  server.middlewares.use((request, response, next) => {
    const path = (request.url ?? '/').split('?')[0]!
    if (!path.startsWith(`${server.config.base}pack/`)) return next()
    fresh ??= compile(contentDir)
    const wrong = fresh.problems.length > 0
    if (wrong) showProblems(server, fresh)
    const body = wrong ? problemText(fresh) : packFiles(fresh).get(path.slice(server.config.base.length))
    response.statusCode = wrong ? 500 : body === undefined ? 404 : 200
    response.setHeader('Content-Type', response.statusCode === 200 ? 'application/json' : 'text/plain; charset=utf-8')
    response.setHeader('Cache-Control', 'no-store')
    response.end(body ?? 'Niet gevonden')
  })
}

function showProblems(server: ViteDevServer, compiled: Compiled): void {
  const message = problemText(compiled)
  server.config.logger.error(message, { timestamp: true })
  server.environments.client.hot.send({ type: 'error', err: { message, stack: '', plugin: 'opstap:content-pack' } })
}

const problemText = ({ problems }: Compiled) =>
  [`De content heeft ${problems.length} fout(en):`, ...problems.map(problemLine)].join('\n')

function packFiles({ index, shards }: Compiled): Map<string, string> {
  return new Map([['pack/index.json', canonicalJson(index)], ...shards.map(({ entry, text }) => [`pack/${entry.file}`, text] as const)])
}
