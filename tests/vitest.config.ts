import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Vitest runs what needs no browser; journeys in a real one are Playwright's (tests/journeys). */
export default defineConfig({
  root,
  test: {
    projects: [
      {
        plugins: [vue()],
        root,
        test: {
          name: 'unit',
          include: ['tests/{domain,protocol,pack,client,architecture}/**/*.test.ts'],
          // A test of a component says so itself in its first line: // @vitest-environment happy-dom
          environment: 'node',
          setupFiles: ['tests/support/patience.ts'],
          // A bound against hanging, not a measure of speed: a busy machine with two cores must not fail a test.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [vue()],
        root,
        test: {
          name: 'integration',
          include: ['tests/{server,sync,support}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/support/postgresql.ts'],
          setupFiles: ['tests/support/patience.ts'],
          // Real databases, real hashing, 500 simulated histories: slower than a unit, still bounded.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
