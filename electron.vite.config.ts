import { svelte } from '@sveltejs/vite-plugin-svelte'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { languages } from './src/shared/domain/appearance.ts'

/** Files below this size, in bytes, fit in one packet as they are. */
const minCompressedBytes = 1024

/**
 * Puts beside each file of the page what the browser shell sends in its place (src/router/assets.ts). A package for this
 * would have its own rules for a dozen lines of node:zlib, whose usual settings are the strongest.
 */
const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg|json)$/.test(name)) continue
      const bytes = readFileSync(join(dir, name))
      if (bytes.length < minCompressedBytes) continue
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes))
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
    }
  },
})

/** A language as one file of the page: `<language>/app.json?whole` is what the page says, and what Cimaise refuses and why. */
const wholeLanguages = (): Plugin => ({
  name: 'whole-languages',
  load(id) {
    const [path = '', query] = id.split('?')
    if (query !== 'whole') return null
    const catalogue = (...names: string[]) => {
      const files = names.map((name) => join(dirname(path), `${name}.json`))
      for (const file of files) this.addWatchFile(file)
      return JSON.stringify(
        Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as object)),
      )
    }
    const messages = catalogue('app', 'organise', 'rooms', 'access', 'backup', 'place', 'passwords')
    const texts = catalogue('errors', 'passwords')
    return { code: `export const messages = ${messages}\nexport const texts = ${texts}`, moduleType: 'js' }
  },
})

/** What is said where scripts are switched off: in every language, as the page cannot ask for one then. */
const sayWithoutScripts = (): Plugin => ({
  name: 'say-without-scripts',
  transformIndexHtml: (page) => {
    const said = languages.flatMap((language) => {
      const file = join(import.meta.dirname, 'src/shared/messages', language, 'errors.json')
      if (!existsSync(file)) return []
      const { pageNeedsScripts } = JSON.parse(readFileSync(file, 'utf8')) as { pageNeedsScripts: string }
      return `<p lang="${language}" dir="auto">${pageNeedsScripts}</p>`
    })
    return page.replace('<noscript>', `<noscript>${said.join('')}`)
  },
})

/**
 * Packages in plain JavaScript that every process starts with, taken into the build: some 260 files fewer to be found and
 * read, which was half of the time of a short command. The others stay packages: they are native, have files of their
 * own, or ask for electron.
 */
const bundled = [
  '@xmldom/xmldom',
  '@orpc/client',
  '@orpc/contract',
  '@orpc/server',
  'commander',
  'conf',
  'env-paths',
  'fractional-indexing',
  'ioredis',
  'nanoid',
  'thumbhash',
  'zod',
]

export default defineConfig({
  main: {
    build: {
      externalizeDeps: { exclude: bundled },
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
  renderer: {
    plugins: [svelte(), wholeLanguages(), sayWithoutScripts(), precompress()],
    // Of all workers only the service worker: browsers ask for it again and again by its name, and it is one file for those that know no modules there.
    worker: { format: 'iife', rolldownOptions: { output: { entryFileNames: '[name].js' } } },
    build: {
      minify: true,
      rolldownOptions: {
        output: {
          // What many files share would otherwise be dozens of files of a few lines, each its own request.
          codeSplitting: {
            groups: [
              {
                name: 'libraries',
                // Those of rooms that come later come with them: passwords, the map, uploads.
                test: /node_modules[\\/](?!@noble|@simplewebauthn|topojson-client|world-atlas|tus-js-client|uqr|js-base64|url-parse|querystringify|requires-port)/,
              },
              {
                name: 'state',
                test: /renderer[\\/](?!ui).*(-state|change-feed|copied|whole|share-link|tags|uploads)\.(svelte\.)?ts$/,
                minShareCount: 2,
              },
              { name: 'ui', test: /renderer[\\/]ui[\\/]/, minShareCount: 2 },
              // Visitors have the grid without the window around it; the help tells of its keys.
              { name: 'grid', test: /renderer[\\/](app|grid)[\\/](?!grid-movement)/, minShareCount: 2 },
            ],
          },
        },
      },
    },
  },
})
