/** `npm run dev`: the client from Vite with hot reload on PORT, the server behind it, started again at each change. */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const port = Number(process.env.PORT ?? 3000)
const inner = port + 1
process.env.API_PORT = String(inner)
const dataDir = process.env.DATA_DIR ?? '.data'

const vite = await createServer({ root, server: { port, strictPort: true, proxy: { '/api': `http://127.0.0.1:${inner}` } } })
await vite.listen()
const address = `http://localhost:${port}`

// The server reads the municipalities from a pack; here Vite makes it.
const client = join(root, dataDir, 'dev-client')
const pack = join(client, 'pack')
rmSync(pack, { recursive: true, force: true })
mkdirSync(pack, { recursive: true })
const fetched = async (name) => {
  const answer = await fetch(`${address}/pack/${name}`)
  if (!answer.ok) throw new Error(await answer.text())
  return answer.text()
}
const index = await fetched('index.json')
writeFileSync(join(pack, 'index.json'), index)
for (const { file, kinds } of JSON.parse(index).shards) if (kinds.includes('municipality')) writeFileSync(join(pack, file), await fetched(file))

const server = spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'src/server/main.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, PORT: String(inner), HOST: 'localhost', PUBLIC_URL: address, CLIENT_DIR: client, DATA_DIR: dataDir },
})
process.stdout.write(`Opstap in ontwikkeling op ${address}\n`)

const stop = async () => {
  server.kill('SIGTERM')
  await vite.close()
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => void stop())
server.on('exit', (code) => void vite.close().then(() => process.exit(code ?? 0)))
