import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectConfiguration } from 'vitest/config'
import { chromiumPath, chromiumSwitches } from './test/support/chromium.ts'
import { Levels } from './test/support/levels.ts'
import { WaitingFirst } from './test/support/sequence.ts'

const inNode = (name: string, include: string[], more: Record<string, unknown> = {}) =>
  ({
    extends: true,
    test: { name, include, exclude: ['src/**/*.browser.test.ts'], ...more },
  }) satisfies TestProjectConfiguration

/** A Redis for each worker, which test/support/redis-worker.ts empties between tests. */
const withRedis = { globalSetup: 'test/support/redis-worker-setup.ts', isolate: false }

/** Components in the Chromium that the machine has; asked for only when these tests run. */
const browser = {
  extends: true,
  plugins: [svelte()],
  // What is found only when a test asks for it is bundled then, and the page is loaded anew under the test.
  optimizeDeps: { entries: ['src/renderer/main.ts', 'src/renderer/**/*.browser.test.ts'] },
  test: {
    name: 'browser',
    setupFiles: 'src/renderer/i18n/later.ts',
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
    // One file alone keeps 0.3 to 1.2 cores busy: with two workers above the cores few of them are ever idle.
    maxWorkers: availableParallelism() + 2,
    sequence: { sequencer: WaitingFirst },
    reporters: ['default', new Levels(), ...(process.env['GITHUB_ACTIONS'] ? ['github-actions'] : [])],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // A loaded machine takes its time; what is waited for comes, or the test fails.
    expect: { poll: { timeout: 30_000 } },
    coverage: {
      provider: 'v8',
      reporter: ['text-summary', 'html'],
      include: ['src/**/*.{ts,svelte}'],
      exclude: ['src/**/*.test.ts', 'src/**/*.test-d.ts'],
    },
    // Importing the real package starts a download where the binary is missing.
    alias: { electron: fileURLToPath(new URL('test/desktop/stand-in.ts', import.meta.url)) },
    projects: [
      inNode('unit', ['src/**/*.test.ts'], { isolate: false, testTimeout: 15_000 }),
      browser,
      inNode('contract', ['test/contract/**/*.test.ts'], withRedis),
      inNode('integration', ['test/integration/**/*.test.ts'], withRedis),
      inNode('security', ['test/security/**/*.test.ts'], withRedis),
      inNode('e2e', ['test/e2e/**/*.test.ts'], withRedis),
      inNode('desktop', ['test/desktop/**/*.test.ts'], { isolate: false }),
      inNode('setup', ['test/setup/**/*.test.ts']),
    ],
  },
})
