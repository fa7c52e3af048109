import { defineConfig } from 'vitest/config'

/** `unit` needs nothing but Node; `api` and `faults` need a MongoDB; `e2e` needs Chromium too. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['shared/src/**/*.test.ts', 'server/src/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/*.test.ts'],
          // Some walk every matter in every place, or thousands of random lives: long on a busy machine.
          testTimeout: 30_000,
        },
      },
      'web/vitest.config.ts',
      {
        test: {
          name: 'api',
          include: ['tests/api/**/*.test.ts'],
          globalSetup: ['tests/helpers/mongoGlobal.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts', 'tests/faults/**/*.test.ts'],
          globalSetup: ['tests/helpers/mongoGlobal.ts'],
          setupFiles: ['tests/helpers/tellFailure.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // A page is asked until it says what is expected, or for as long as a person would wait.
          expect: { poll: { timeout: 20_000 } },
          fileParallelism: false,
          // Browsers and killed processes want the machine for themselves.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
