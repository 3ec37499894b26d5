import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { app } from 'electron'

/**
 * Puts what Electron keeps, and the log, into the data folder where CIMAISE_HOME names one. Two data folders are two
 * galleries: each has its own window, as Electron tells instances apart by this path.
 */
export const useDataFolder = () => {
  const home = process.env['CIMAISE_HOME']
  if (!home) return
  try {
    for (const [name, folder] of [
      ['userData', 'electron'],
      ['logs', 'logs'],
    ] as const) {
      const path = resolve(home, folder)
      mkdirSync(path, { recursive: true, mode: 0o700 })
      app.setPath(name, path)
    }
  } catch (error) {
    console.error(error) // opening the gallery fails next, and says what to do
  }
}
