/** TypeScript and scripts, with the types of TypeScript 7: docs/adr/0017-two-linters.md. */
import { defineConfig, type DummyRuleMap } from 'oxlint'
import { layerRules, rules, rulesOfTypes } from './scripts/checks/lint-rules.ts'

/** Oxlint's own name of a rule. */
const named = (rule: string) => rule.replace('@typescript-eslint/', 'typescript/')

/** Rules that Oxlint does not have: it refuses an octal number in a module as no JavaScript. */
const without = ['no-octal']

/** Switches rules off: each of these lists stands under its reason. */
const off = (...names: string[]): DummyRuleMap =>
  Object.fromEntries(names.map((rule) => [named(rule), 'off']))

const on: DummyRuleMap = Object.fromEntries(
  Object.entries(rules)
    .filter(([rule, level]) => level !== 'off' && !without.includes(rule))
    .map(([rule, level]) => [named(rule), level]),
)

export default defineConfig({
  plugins: ['typescript'],
  categories: { correctness: 'off' },
  options: {
    typeAware: true,
    typeCheck: true,
    reportUnusedDisableDirectives: 'error',
    respectEslintDisableDirectives: false,
  },
  // Tests of components import types from components, which only eslint and svelte-check read.
  ignorePatterns: ['out/', 'dist/', 'coverage/', '**/*.svelte', '**/*.browser.test.ts'],
  rules: on,
  overrides: [
    {
      files: ['test/**', '**/*.test.ts'],
      rules: off(
        '@typescript-eslint/no-unsafe-assignment', // matchers such as `expect.stringMatching` are `any`
        '@typescript-eslint/require-await', // a stand-in keeps the promise of what it stands for
      ),
    },
    { files: ['**/*.{js,mjs}'], rules: off(...rulesOfTypes.filter((rule) => named(rule) in on)) },
    ...layerRules('ts'),
  ],
})
