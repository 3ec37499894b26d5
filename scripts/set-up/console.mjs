/**
 * What set-up says and keeps: lines on standard error, the whole output of each step in a log, and failures that end
 * in a plain line. Standard output belongs to the program that runs after set-up.
 */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the project. */
export const projectRoot = fileURLToPath(new URL('../../', import.meta.url))

/** A failure that a user can do something about: its message says what failed and what to do. */
export class SetUpError extends Error {}

/** @param {string} line */
export const say = (line) => void process.stderr.write(`${line}\n`)

/** The last lines of a log, indented. @param {string} file */
const tail = (file, lines = 15) => {
  const text = readFileSync(file, 'utf8').trimEnd()
  const last = text.split(/\r?\n/).slice(-lines)
  return last.map((line) => `  ${line}`).join('\n')
}

/**
 * Waits for a program to end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<string | null>} Null once it has ended well, else how it ended.
 */
const ending = (command, args, options) =>
  new Promise((resolve) => {
    const child = spawn(command, args, options)
    child.once('error', (error) => resolve(`${command} could not be started (${error.message})`))
    child.once('exit', (code, signal) => resolve(code === 0 ? null : `it ended with ${signal ?? code}`))
  })

/**
 * Runs one step of set-up, its output going to a log in out/logs/.
 *
 * @param {object} step
 * @param {string} step.name Name of the log.
 * @param {string} step.what What is being done, as the beginning of "… failed".
 * @param {string} step.advice What a user can do when it fails.
 * @param {[string, ...string[]]} step.command
 * @param {string} [step.root]
 * @param {import('node:child_process').SpawnOptions} [step.options]
 */
export const runStep = async ({ name, what, advice, command, root = projectRoot, options = {} }) => {
  const folder = join(root, 'out', 'logs')
  mkdirSync(folder, { recursive: true })
  const log = join(folder, `${name}.log`)
  const file = openSync(log, 'w')
  try {
    const [program, ...args] = command
    const env = { ...(options.env ?? process.env), NO_COLOR: '1', FORCE_COLOR: undefined }
    const stdio = /** @type {const} */ (['inherit', file, file])
    const failure = await ending(program, args, { cwd: root, ...options, env, stdio: [...stdio] })
    if (failure)
      throw new SetUpError(`${tail(log)}\n${what} failed: ${failure}. ${advice}\nThe whole log: ${log}`)
  } finally {
    closeSync(file)
  }
}

/**
 * Runs a script's work; a failure ends in its plain line and exit code 1.
 *
 * @param {() => Promise<number>} work Resolves to the exit code.
 */
export const runScript = async (work) => {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}
