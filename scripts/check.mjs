/**
 * `npm run check [-- GATE…]`: all gates, or those that are named, two at a time. A gate that passes takes one line; what one
 * that fails has to say follows its name. The exit code is 1 where any fails.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from './set-up/console.mjs'

/** The scripts of package.json that are gates; the longest first, so that none is waited for alone. */
const gates = Object.keys(JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')).scripts)
  .filter((name) => name.startsWith('check:'))
  .map((name) => name.slice('check:'.length))
const longest = ['components', 'lint', 'svelte']

/** @param {string} gate @returns {Promise<boolean>} Whether it passed. */
const run = (gate) =>
  new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn('npm', ['run', '--silent', `check:${gate}`], {
      cwd: projectRoot,
      shell: process.platform === 'win32',
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += String(data)))
    child.once('error', reject)
    child.once('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${gate} (${seconds} s)`)
      if (code !== 0) console.log(said.trimEnd())
      resolve(code === 0)
    })
  })

const named = process.argv.slice(2)
const unknown = named.filter((gate) => !gates.includes(gate))
if (unknown.length > 0) {
  console.error(`There is no gate ${unknown.join(', ')}. The gates are: ${gates.join(', ')}.`)
  process.exit(1)
}
const waiting = (named.length > 0 ? named : gates).toSorted(
  (a, b) => Number(longest.includes(b)) - Number(longest.includes(a)),
)
const failed = []
const work = async () => {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift())
    if (!(await run(gate))) failed.push(gate)
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
if (failed.length > 0) console.error(`Failed: ${failed.join(', ')}.`)
process.exitCode = failed.length > 0 ? 1 : 0
