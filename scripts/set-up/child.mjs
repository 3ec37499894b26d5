/** Running the program itself, in the place of the script that was started. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const passedOn = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
const windows = process.platform === 'win32'

/**
 * Passes signals on to a child, each but once where both a terminal and npm send it.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} apart Whether the terminal's own Ctrl-C does not reach the child.
 * @returns {() => void} Ends that.
 */
const passSignals = (child, apart) => {
  const last = new Map()
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    const reaches = signal === 'SIGINT' && !apart && (windows || process.stdin.isTTY)
    if (reaches || Date.now() - (last.get(signal) ?? 0) < 500) return
    last.set(signal, Date.now())
    child.kill(signal)
  }
  for (const signal of passedOn) process.on(signal, pass)
  return () => passedOn.forEach((signal) => process.off(signal, pass))
}

/**
 * Runs a program with this process's input and output, and waits for its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {boolean} [options.shell]
 * @param {boolean} [options.apart] For servers: signals reach it through this process only, so each comes once.
 * @param {(text: string) => void} [options.onOutput] Is shown what it prints, too.
 * @returns {Promise<{ code: number, signal: NodeJS.Signals | null }>} Its exit code, as a shell would tell it.
 */
export const runChild = (program, args, { apart = false, onOutput, ...options }) =>
  new Promise((resolve, reject) => {
    const detached = apart && !windows
    const stdio = /** @type {const} */ ([
      apart ? 'ignore' : 'inherit',
      onOutput ? 'pipe' : 'inherit',
      'inherit',
    ])
    const child = spawn(program, args, { ...options, detached, stdio: [...stdio] })
    child.stdout?.on('data', (data) => {
      process.stdout.write(data)
      onOutput?.(String(data))
    })
    const end = passSignals(child, detached)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      end()
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), signal })
    })
  })
