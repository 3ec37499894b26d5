import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          server: 'src/server/index.ts',
          cli: 'src/cli/index.ts',
          supervisor: 'src/core/redis/server/supervisor.ts',
          decoder: 'src/core/library/decode/worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload may require nothing but electron, so it is one self-contained CommonJS file.
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: { plugins: [svelte()], build: { minify: true } },
})
