import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format } from 'node:util'
import { app } from 'electron'

const largest = 512 * 1024

export const logFile = () => join(app.getPath('logs'), 'main.log')

const write = (text: string) => {
  const file = logFile()
  try {
    mkdirSync(dirname(file), { recursive: true })
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(file, `${file}.1`)
    appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 })
  } catch {
    // A full disk must not stop what was going to be logged: standard error has it too.
  }
}

/** Writes what goes to console.error into the log file as well, and what nobody caught. */
export const startLog = () => {
  const print = console.error
  console.error = (...what: unknown[]) => {
    print(...what)
    write(format(...what))
  }
  // Whoever started us may have closed the other end; that is no reason to end, nor a thing to print.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  process.on('uncaughtException', (error) => console.error('Uncaught:', error))
  process.on('unhandledRejection', (reason) => console.error('Unhandled:', reason))
}
