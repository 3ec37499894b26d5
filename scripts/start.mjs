/** `npm start`: set-up, then the desktop app, or the browser shell where Electron does not run. */
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findElectron } from './set-up/electron.mjs'
import { runChild } from './set-up/child.mjs'
import { projectRoot, runScript, say } from './set-up/console.mjs'
import { setUp } from './set-up/index.mjs'

const usage = `Usage: npm start [-- [FOLDER…] [--browser] [--no-open] [--port N]]

Opens Cimaise. The folders are added to the library.

  --browser   open it in the browser rather than as a desktop app
  --no-open   open no window of a browser: only print the address
  --port N    port of the browser shell; 0 for any free one`

/** @param {string[]} args */
const readOptions = (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const { port } = values
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65535))
    throw new Error(`${port} is not a port.`)
  // Where the user typed npm start, which runs scripts in the project's folder.
  const folders = positionals.map((folder) => resolve(process.env.INIT_CWD ?? process.cwd(), folder))
  return { browser: values.browser, open: !values['no-open'], port, folders, help: values.help }
}

/** Why a path is no folder to take photos from, or null. @param {string} folder */
const objection = (folder) => {
  try {
    return statSync(folder).isDirectory() ? null : `${folder} is not a folder.`
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    return code === 'ENOENT' ? `There is no folder ${folder}.` : `${folder} cannot be opened (${code}).`
  }
}

/** Ends that mean that Electron itself does not run here: a missing library, or Chromium's own alarm. */
const crashes = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS']

/**
 * Runs the desktop app.
 *
 * @param {string} binary
 * @param {ReturnType<typeof readOptions>} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | null>} Its exit code; null where it never came up.
 */
const runDesktop = async (binary, { folders }, { ELECTRON_RUN_AS_NODE: _, ...env }) => {
  let ready = false
  const onOutput = (/** @type {string} */ text) => void (ready ||= text.includes('Cimaise is ready'))
  const { code, signal } = await runChild(binary, ['.', ...folders], {
    cwd: projectRoot,
    env,
    apart: true,
    onOutput,
  })
  return !ready && (code === 127 || (signal && crashes.includes(signal))) ? null : code
}

/**
 * Runs the browser shell.
 *
 * @param {string} node
 * @param {ReturnType<typeof readOptions>} options
 * @param {NodeJS.ProcessEnv} env
 */
const runBrowser = async (node, { folders, open, port }, env) => {
  const args = [
    ...(port === undefined ? [] : ['--port', port]),
    ...folders.flatMap((folder) => ['--watch', folder]),
    ...(open ? ['--open'] : []),
  ]
  const { code } = await runChild(node, [join(projectRoot, 'out', 'main', 'server.js'), ...args], {
    env,
    apart: true,
  })
  return code
}

const start = async () => {
  let options
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split(' To specify ')
    say(`${reason}\n${usage}`)
    return 2
  }
  if (options.help) {
    console.log(usage)
    return 0
  }
  const objections = options.folders.map(objection).filter((line) => line !== null)
  if (objections.length > 0) {
    say(objections.join('\n'))
    return 1
  }
  const { node, env } = await setUp()
  if (!options.browser) {
    const { binary, why } = await findElectron(node, env)
    const code = binary ? await runDesktop(binary, options, env) : null
    if (code !== null) return code
    say(`The desktop app cannot run here (${why ?? 'Electron ended at once'}): this is the browser shell.`)
  }
  return runBrowser(node, options, env)
}

await runScript(start)
