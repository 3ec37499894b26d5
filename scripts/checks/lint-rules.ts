/**
 * The rules of both linters: oxlint reads TypeScript and scripts with them (oxlint.config.ts), eslint what only it can read,
 * components (eslint.config.js).
 */
import js from '@eslint/js'
import type { DummyRule } from 'oxlint'
import ts from 'typescript-eslint'

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

type Rules = Record<string, DummyRule>

/** For each layer, what those of its files may not import that have an extension. */
export const layerRules = (
  extension: 'ts' | 'svelte' | 'browser.test.ts',
): { files: string[]; rules: Rules }[] =>
  Object.entries(layers).map(([layer, others]) => ({
    files: [`src/${layer}/**/*.${extension}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${others.join('|')})/`,
              message: `src/${layer} may not import from this layer: see the table in docs/architecture.md.`,
            },
            {
              group: foreignPackages[layer as keyof typeof layers],
              message: `src/${layer} may not use this package: see the table in docs/architecture.md.`,
            },
          ],
        },
      ],
    },
  }))

/** What is asked of every file beyond, or otherwise than by, the presets. */
const own: Rules = {
  'no-undef': 'off', // TypeScript knows better which names exist in which world
  'no-console': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
  '@typescript-eslint/consistent-type-imports': 'error',
  // A number has one reading in a text; null, undefined, booleans and objects do not.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  // A handler of one line, and `return stop()` to leave early, are read at once. Elsewhere a void is no value.
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  // Electron declares its classes twice, and fetch takes plain objects for its own: what fits is refused.
  '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
  // `while (true)` with a way out says best that only what is inside ends it.
  '@typescript-eslint/no-unnecessary-condition': [
    'error',
    { allowConstantLoopConditions: 'only-allowed-literals' },
  ],
}

const typed = ts.configs.strictTypeChecked

/** Rules by name, as eslint has them, in a list of configurations: where two have the same one, the later counts. */
const merged = (configs: { rules?: object }[]): Rules =>
  Object.assign({}, ...configs.map((config) => config.rules ?? {}), own) as Rules

/** For TypeScript and scripts: `js.configs.recommended`, `strictTypeChecked`, and our own. */
export const rules = merged([js.configs.recommended, ...typed])

/** For components, where TypeScript does not stand in for rules of JavaScript, nor Svelte's `let` for `const`. */
export const componentRules = merged([
  js.configs.recommended,
  ...typed.filter(({ name }) => name !== 'typescript-eslint/eslint-recommended'),
])

/** Rules that need types: scripts in JavaScript are in no TypeScript project, as they run before anything is installed. */
export const rulesOfTypes: string[] = Object.keys(ts.configs.disableTypeChecked.rules ?? {})
