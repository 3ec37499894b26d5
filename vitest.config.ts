import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Each file starts its own Redis and some a Chromium: more than two at once starve two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A loaded machine takes its time; what is waited for comes, or the test fails.
    expect: { poll: { timeout: 15_000 } },
    // Importing the real package starts a download where the binary is missing.
    alias: { electron: fileURLToPath(new URL('test/desktop/stand-in.ts', import.meta.url)) },
  },
})
