/** `npm test`: set-up, then every check and every test. What is passed on goes to vitest. */
import { join } from 'node:path'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

/** Tests make galleries of their own: the user's is left alone. @param {NodeJS.ProcessEnv} env */
const withoutSettings = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CIMAISE_')))

await runScript(async () => {
  const machine = await setUp({ redis: true, chromium: true })
  const { node } = machine
  const options = { cwd: projectRoot, env: withoutSettings(machine.env) }
  const check = await runChild('npm', ['run', '--silent', 'check'], {
    ...options,
    shell: process.platform === 'win32',
  })
  if (check.code !== 0) return check.code
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const { code } = await runChild(node, [vitest, 'run', ...process.argv.slice(2)], options)
  return code
})
