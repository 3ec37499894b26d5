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
            message: `src/${layer} may not use this package: see the table in docs/architecture.md.`,
          },
        ],
      },
    ],
  },
})

/** Switches rules off: each of these lists stands under its reason. */
const off = (...rules) => Object.fromEntries(rules.map((rule) => [`@typescript-eslint/${rule}`, 'off']))

export default ts.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
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
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    // `void state` in an effect reads a signal, so that the effect runs again when it changes.
    rules: off('no-meaningless-void-operator'),
  },
  {
    files: ['**/*.svelte'],
    // Here an imported component is `any` to the linter, and so is what its callbacks are given.
    // The type parameter of a component is taken for its bound. svelte-check knows both, and checks them.
    rules: off(
      'no-unsafe-argument',
      'no-unsafe-assignment',
      'no-unsafe-call',
      'no-unsafe-member-access',
      'no-unsafe-return',
      'no-redundant-type-constituents',
      'no-unnecessary-type-arguments',
      'no-unnecessary-type-assertion',
    ),
  },
  {
    files: ['test/**', '**/*.test.ts'],
    rules: off(
      'no-unsafe-assignment', // matchers such as `expect.stringMatching` are `any`
      'require-await', // a stand-in keeps the promise of what it stands for
    ),
  },
  {
    files: ['**/*.browser.test.ts'],
    // Types that a component exports are `any` to the linter here too; svelte-check knows them.
    rules: off('no-redundant-type-constituents', 'no-unsafe-member-access'),
  },
  {
    files: ['**/*.{js,mjs}'],
    ...ts.configs.disableTypeChecked, // in no TypeScript project: they run before anything is installed
  },
  ...Object.keys(layers).map(layerRules),
)
