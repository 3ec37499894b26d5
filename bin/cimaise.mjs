#!/usr/bin/env node
/** `npx cimaise <command>`: sets up where needed, then runs the command line or the server. */
import { join } from 'node:path'
import { runChild } from '../scripts/set-up/child.mjs'
import { root } from '../scripts/set-up/common.mjs'
import { main, setUp } from '../scripts/set-up/index.mjs'
import { environment, node } from '../scripts/set-up/packages.mjs'

await main(async () => {
  await setUp()
  const [command, ...rest] = process.argv.slice(2)
  const [file, args] = command === 'serve' ? ['server.js', rest] : ['cli.js', process.argv.slice(2)]
  // npm runs scripts in the project's folder; paths are meant where the person is.
  const cwd = process.env.npm_lifecycle_event === 'cimaise' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd()
  return runChild(node, [join(root, 'out', 'main', file), ...args], { cwd, env: environment() })
})
