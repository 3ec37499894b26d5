import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** The layers of src/ (docs/architecture.md): what each of them may not import. */
const layers = {
  shared: ['core', 'router', 'main', 'server', 'cli', 'preload', 'renderer'],
  core: ['router', 'main', 'server', 'cli', 'preload', 'renderer'],
  router: ['main', 'server', 'cli', 'preload', 'renderer'],
  main: ['server', 'cli', 'renderer'],
  server: ['main', 'cli', 'preload', 'renderer'],
  cli: ['main', 'server', 'preload', 'renderer'],
  preload: ['core', 'router', 'main', 'server', 'cli', 'renderer'],
  renderer: ['core', 'router', 'main', 'server', 'cli'],
}

/** Packages and built-in modules that a layer may not import. */
const foreignPackages = {
  shared: [
    'electron',
    'electron-store',
    'node:*',
    'ioredis',
    'sharp',
    'chokidar',
    '@orpc/server',
    '@orpc/client',
  ],
  core: ['electron', 'electron-store', 'node:http', 'node:https', '@orpc/*', 'hono', '@hono/*'],
  router: ['electron', 'electron-store', 'node:http', 'node:https', 'sharp', 'chokidar', '@hono/*'],
  main: ['sharp', 'chokidar', 'node:http', '@hono/*'],
  server: ['electron', 'electron-store', 'sharp', 'chokidar'],
  cli: ['electron', 'electron-store', 'sharp', 'chokidar', 'node:http'],
  preload: ['node:*', 'ioredis', 'sharp', '@orpc/*', 'electron-store'],
  renderer: ['electron', 'electron-store', 'node:*', 'ioredis', 'sharp', '@orpc/server'],
}

const layerRules = (layer) => ({
  files: [`src/${layer}/**/*.{ts,svelte}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${layers[layer].join('|')})/`,
            message: `src/${layer} may not import from this layer: see the table in docs/architecture.md.`,
          },
          {
            group: foreignPackages[layer],
            message: `src/${layer} may not use this package: see docs/architecture.md.`,
          },
        ],
      },
    ],
  },
})

export default ts.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off', // TypeScript knows better which names exist in which world
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
  },
  ...Object.keys(layers).map(layerRules),
)
