/** Components, which Oxlint cannot read whole; everything else is in oxlint.config.ts (docs/adr/0017-two-linters.md). */
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import { componentRules, layerRules, rules } from './scripts/checks/lint-rules.ts'
import svelteConfig from './svelte.config.js'

/** Switches rules off: each of these lists stands under its reason. */
const off = (...names) => Object.fromEntries(names.map((rule) => [`@typescript-eslint/${rule}`, 'off']))

const components = ['src/**/*.svelte']
const signals = ['src/**/*.svelte.ts']
const componentTests = ['src/**/*.browser.test.ts']

/** Rules that read types. */
const typed = (files, rules) => ({
  files,
  plugins: { '@typescript-eslint': ts.plugin },
  languageOptions: {
    globals: { ...globals.browser, ...globals.node },
    parserOptions: {
      projectService: true,
      tsconfigRootDir: import.meta.dirname,
      extraFileExtensions: ['.svelte'],
    },
  },
  rules,
})

export default ts.config(
  { ignores: ['out/', 'dist/', 'coverage/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  typed(components, componentRules),
  typed(componentTests, rules),
  ...svelte.configs.recommended,
  { files: [...signals, ...componentTests], languageOptions: { parser: ts.parser } },
  { files: components, languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  {
    files: components,
    rules: off(
      'no-meaningless-void-operator', // `void state` in an effect reads a signal, so that the effect runs again
      // Here an imported component is `any` to the linter, and so is what its callbacks are given.
      // The type parameter of a component is taken for its bound. svelte-check knows both, and checks them.
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
    files: componentTests,
    rules: off(
      'no-unsafe-assignment', // matchers such as `expect.stringMatching` are `any`
      'require-await', // a stand-in keeps the promise of what it stands for
      // Types that a component exports are `any` to the linter here too; svelte-check knows them.
      'no-redundant-type-constituents',
      'no-unsafe-member-access',
    ),
  },
  ...layerRules('svelte'),
  ...layerRules('browser.test.ts'),
)
