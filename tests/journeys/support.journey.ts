/** What the other journeys lean on: a server that can be stopped, killed and restarted, and a network that can be taken away. */
import { existsSync } from 'node:fs'
import { startApp } from '../support/app.ts'
import { axe, expect, offline, test } from '../support/journey.ts'

test('the server keeps its address and its data over a restart and after a kill', async () => {
  const app = await startApp()
  const health = async () => (await fetch(`${app.url}/api/health`)).json() as Promise<{ status: string }>
  expect(await health()).toMatchObject({ status: 'ok' })
  await app.restart()
  expect(await health()).toMatchObject({ status: 'ok' })
  await app.kill()
  await expect(health()).rejects.toThrow()
  await app.restart()
  expect(await health()).toMatchObject({ status: 'ok' })
  await app.stop()
  expect(existsSync(app.dataDir)).toBe(true)
  await app.remove()
  expect(existsSync(app.dataDir)).toBe(false)
})

test('a server that cannot start says why', async () => {
  await expect(startApp({ env: { PORT: 'geen' } })).rejects.toThrow('Opstap start niet')
})

test('offline takes the network of the page and of its service worker', async ({ app, page, context }) => {
  await page.goto(app.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const reached = () => page.evaluate(() => fetch(`/api/health?${Math.random()}`).then(({ ok }) => ok, () => false))
  expect(await reached()).toBe(true)
  const online = await offline(context)
  expect(await reached()).toBe(false)
  await online()
  expect(await reached()).toBe(true)
})

test('axe tells what is wrong with a page', async ({ page }) => {
  await page.setContent('<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1><img src="x.png"><button></button></main></body></html>')
  await expect(axe(page)).rejects.toThrow(/image-alt[\s\S]*button-name|button-name[\s\S]*image-alt/)
})
