/** `npm test`: set-up, then every check and every test, side by side. What is passed on goes to vitest. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

/** Tests make galleries of their own: the user's is left alone. @param {NodeJS.ProcessEnv} env */
const withoutSettings = (env) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('CIMAISE_')))

/**
 * Runs a program, and keeps what it says.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, said: string }>}
 */
const sayLater = (program, args, options) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (said += String(data)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })

await runScript(async () => {
  const machine = await setUp({ redis: true, chromium: true })
  const { node } = machine
  // The same programs start hundreds of times: what Node has compiled once is kept.
  const NODE_COMPILE_CACHE = join(projectRoot, 'node_modules', '.cache', 'compiled')
  const options = { cwd: projectRoot, env: { NODE_COMPILE_CACHE, ...withoutSettings(machine.env) } }
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs')
  // The gates compute while tests wait. What they say comes after the tests, whose lines it would be lost between.
  const gates = sayLater('npm', ['run', '--silent', 'check'], {
    ...options,
    shell: process.platform === 'win32',
  })
  const { code } = await runChild(node, [vitest, 'run', ...process.argv.slice(2)], options)
  const check = await gates
  process.stdout.write(`\n${check.said}`)
  return code || check.code
})
