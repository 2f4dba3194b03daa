import { defineConfig } from '@playwright/test'

const asRoot = process.getuid?.() === 0
const chromium = process.env['CHROMIUM_PATH']

/** Journeys run against the real server on its real build; e2e/flint-server.ts starts it, with a store of its own. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.journey.ts',
  // They wait more than they compute: two at a time take little more than half as long on two cores.
  workers: 2,
  retries: 0,
  // Upper bounds only: a small machine under load takes ten seconds and more to load a page with its editor.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    viewport: { width: 1440, height: 900 },
    // A trace costs an eighth of the time; `--trace on` records one.
    screenshot: 'only-on-failure',
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
