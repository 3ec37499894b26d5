#!/usr/bin/env node
/** The command `cimaise`: set-up where something is missing, then the command line, or the server for `serve`. */
import { join } from 'node:path'
import { runChild } from '../scripts/set-up/child.mjs'
import { projectRoot, runScript } from '../scripts/set-up/console.mjs'
import { setUp } from '../scripts/set-up/index.mjs'

/** Where the person is: `npm run` goes to the project's folder first, and says where it came from. */
const workingFolder = () => {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env
  return script === 'cimaise' && from ? from : process.cwd()
}

await runScript(async () => {
  const { node, env } = await setUp()
  const args = process.argv.slice(2)
  const serve = args[0] === 'serve'
  const entry = join(projectRoot, 'out', 'main', serve ? 'server.js' : 'cli.js')
  const options = { cwd: workingFolder(), env, apart: serve }
  const { code } = await runChild(node, [entry, ...(serve ? args.slice(1) : args)], options)
  return code
})
