/** `npm start [-- FOLDER… --browser --no-open --port N]`: sets up, then opens the desktop app or the browser shell. */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { runChild } from './set-up/child.mjs'
import { root, say } from './set-up/common.mjs'
import { findElectron } from './set-up/electron.mjs'
import { main, setUp } from './set-up/index.mjs'
import { environment, node } from './set-up/packages.mjs'

const usage = `Usage: npm start [-- FOLDER… --browser --no-open --port N]

  FOLDER     add this folder of photos
  --browser  open the page in a browser, not the desktop app
  --no-open  serve the page, but open no browser
  --port N   port of the page; 0 for any free one`

const readArguments = () => {
  try {
    const options = {
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    }
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options })
  } catch (error) {
    say(`${error.message}\n\n${usage}`)
    process.exit(2)
  }
}

/** Folders as they were meant where `npm start` was typed. */
const readFolders = (names) =>
  names.map((name) => {
    const folder = resolve(process.env.INIT_CWD ?? process.cwd(), name)
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
    say(`There is no folder ${folder}. If it is on a drive, connect it first.`)
    return process.exit(1)
  })

const serve = (folders, values) =>
  runChild(
    node,
    [
      join(root, 'out', 'main', 'server.js'),
      ...folders.flatMap((folder) => ['--watch', folder]),
      ...(values['no-open'] ? [] : ['--open']),
      ...(values.port === undefined ? [] : ['--port', values.port]),
    ],
    { env: environment() },
  )

await main(async () => {
  const { values, positionals } = readArguments()
  if (values.help) {
    console.log(usage)
    return 0
  }
  const folders = readFolders(positionals)
  await setUp()
  const shellWanted = values.browser || values['no-open'] || values.port !== undefined
  if (shellWanted) return serve(folders, values)
  const { program, why } = findElectron()
  if (program) return runChild(program, [root, ...folders], { env: environment() })
  say(`The desktop app cannot be opened, as ${why}: the page is opened in a browser instead.`)
  return serve(folders, values)
})
