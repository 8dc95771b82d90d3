import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'
import { ensureBrowser, launchFlags } from '../support/browser.mjs'
import { phone } from '../support/journey.ts'

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** Journeys start their own servers (tests/support/app.ts); here is only how a browser runs and what a device looks like. */
export default defineConfig({
  testDir: '.',
  // Each file has a server of its own: people sign in with the same few addresses, and the server counts how often.
  projects: readdirSync(fromRoot('tests/journeys'))
    .filter((name) => name.endsWith('.journey.ts'))
    .map((name) => ({ name: name.replace('.journey.ts', ''), testMatch: name })),
  outputDir: fromRoot('node_modules/.cache/journeys'),
  globalSetup: fromRoot('tests/support/built.ts'),
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  use: {
    viewport: phone,
    hasTouch: true,
    locale: 'nl-BE',
    timezoneId: 'Europe/Brussels',
    launchOptions: { executablePath: await ensureBrowser(), args: launchFlags },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
