import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter, shell } from 'electron'
// The part for plain Node: the usual one requires electron from a package, where tests have no binary to be had.
import log from 'electron-log/node.js'

/** Size at which the log begins anew, in bytes; the one before is kept beside it. */
const maxLogBytes = 512 * 1024

export const logFile = () => join(app.getPath('logs'), 'main.log')

/** Shows it in the system's file manager. */
export const showLog = () => shell.showItemInFolder(logFile())

const { console: terminal, file } = log.transports
file.resolvePathFn = logFile
file.maxSize = maxLogBytes
file.format = '{iso} {text}'
file.writeOptions = { ...file.writeOptions, mode: 0o600 }
file.archiveLogFn = (full) => renameSync(full.path, `${full.path}.1`)
terminal.level = false // console.error has printed it

/** What a process leaves that crashes lies beside the log, and is sent nowhere. */
const keepCrashReports = () => {
  const folder = join(app.getPath('logs'), 'crashes')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('crashDumps', folder)
  crashReporter.start({ uploadToServer: false })
}

/** Writes what goes to console.error into the log file as well, and what was not caught. */
export const startLog = () => {
  keepCrashReports()
  const print = console.error
  console.error = (...what: unknown[]) => {
    print(...what)
    log.error(...what)
  }
  // The program that started us may have closed the other end; that is no reason to end, nor a thing to print.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  log.errorHandler.startCatching({
    showDialog: false,
    onError: ({ error, errorName }) => {
      console.error(`${errorName}:`, error)
      return false // it is logged now
    },
  })
}
