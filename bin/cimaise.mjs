#!/usr/bin/env node
/** The command `cimaise`: set-up where something is missing, then the command line, or the server for `serve`. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runChild } from '../scripts/set-up/child.mjs'
import { projectRoot, runScript } from '../scripts/set-up/console.mjs'
import { setUp } from '../scripts/set-up/index.mjs'

/** Where the user is: `npm run` goes to the project's folder first, and says where it came from. */
const workingFolder = () => {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env
  return script === 'cimaise' && from ? from : process.cwd()
}

/** Runs the command line in this process. @param {NodeJS.ProcessEnv} env */
const runHere = async (env) => {
  process.chdir(workingFolder())
  Object.assign(process.env, env)
  await import(pathToFileURL(join(projectRoot, 'out', 'main', 'cli.js')).href)
  return Number(process.exitCode ?? 0)
}

await runScript(async () => {
  const { node, env } = await setUp()
  const args = process.argv.slice(2)
  const serve = args[0] === 'serve'
  // By npm and npx it is the right Node that runs already: a second one would only take time.
  if (!serve && node === process.execPath) return runHere(env)
  const entry = join(projectRoot, 'out', 'main', serve ? 'server.js' : 'cli.js')
  const options = { cwd: workingFolder(), env, apart: serve }
  const { code } = await runChild(node, [entry, ...(serve ? args.slice(1) : args)], options)
  return code
})
