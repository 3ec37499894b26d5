/** `npm test [-- FILE…]`: sets up, then checks types and style and runs all tests. */
import { join } from 'node:path'
import { runChild } from './set-up/child.mjs'
import { root } from './set-up/common.mjs'
import { main, setUpForTests } from './set-up/index.mjs'
import { environment, node } from './set-up/packages.mjs'

/** Tests make galleries of their own: nothing may lead them to somebody's real one. */
const testEnvironment = (chromium) => {
  const env = { ...environment(), CHROMIUM_PATH: chromium }
  for (const name of Object.keys(env)) if (name.startsWith('CIMAISE_')) delete env[name]
  return env
}

const tool = (...path) => join(root, 'node_modules', ...path)

const checks = [
  [tool('@typescript/native', 'bin', 'tsc'), '-p', 'tsconfig.node.json'],
  [tool('@typescript/native', 'bin', 'tsc'), '-p', 'tsconfig.preload.json'],
  [tool('@typescript/native', 'bin', 'tsc'), '-p', 'tsconfig.e2e.json'],
  [tool('svelte-check', 'bin', 'svelte-check'), '--tsconfig', 'tsconfig.web.json', '--fail-on-warnings', '--output', 'human'],
  [tool('eslint', 'bin', 'eslint.js'), '.'],
  [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
]

await main(async () => {
  const env = testEnvironment(await setUpForTests())
  const options = { cwd: root, env }
  const wanted = process.argv.slice(2)
  if (wanted.length === 0)
    for (const check of checks) {
      const code = await runChild(node, check, options)
      if (code !== 0) return code
    }
  return runChild(node, [tool('vitest', 'vitest.mjs'), 'run', ...wanted], options)
})
