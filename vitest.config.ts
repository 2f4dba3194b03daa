import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'protocol/**/*.test.ts',
      'server/**/*.test.ts',
      'components/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'simulation/**/*.test.ts',
    ],
    exclude: ['server/sessions/samples/**', 'node_modules/**'],
    // Properties run a thousand times; on a busy machine that takes its time.
    testTimeout: 60_000,
    setupFiles: ['./scripts/fail-on-console-error.ts'],
  },
})
