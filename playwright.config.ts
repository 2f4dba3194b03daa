import { defineConfig } from '@playwright/test'

const asRoot = process.getuid?.() === 0
const chromium = process.env['CHROMIUM_PATH']

/** Journeys run against the real server on its real build; e2e/flint-server.ts starts it, with a store of its own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.journey.ts',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  // A busy machine of two cores takes longer than the usual five seconds to load a page with its editor.
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
