import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { chromiumPath, chromiumSwitches } from './test/support/chromium.ts'

/** Components in the Chromium that the machine has; asked for only when these tests run. */
const browser = {
  extends: true,
  plugins: [svelte()],
  test: {
    name: 'browser',
    include: ['src/renderer/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      ui: false,
      viewport: { width: 1200, height: 800 },
      provider: playwright({ launchOptions: { executablePath: chromiumPath(), args: chromiumSwitches } }),
      instances: [{ browser: 'chromium' }],
    },
  },
} satisfies TestProjectConfiguration

export default defineConfig({
  test: {
    // Each file starts its own Redis and some a Chromium: more than two at once starve two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A loaded machine takes its time; what is waited for comes, or the test fails.
    expect: { poll: { timeout: 15_000 } },
    // Importing the real package starts a download where the binary is missing.
    alias: { electron: fileURLToPath(new URL('test/desktop/stand-in.ts', import.meta.url)) },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
        },
      },
      browser,
    ],
  },
})
