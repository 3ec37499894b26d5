import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import log from 'electron-log/node.js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startLog } from '../../src/main/log.ts'
import { temporaryFolder } from '../support/temporary.ts'

/** Starts the log in a folder of its own, and ends its hold on this process with the test. */
const started = (logs: string) => {
  app.setPath('logs', logs)
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  onTestFinished(() => {
    printed.mockRestore()
    log.errorHandler.stopCatching()
  })
  startLog()
  return printed
}

test('what goes to console.error is in the log too, readable by its owner alone', () => {
  const logs = temporaryFolder()
  const printed = started(logs)
  console.error('a photo', new Error('went wrong'))
  console.error('100 %s', 'photos')
  expect(printed).toHaveBeenCalledTimes(2)
  const text = readFileSync(join(logs, 'main.log'), 'utf8')
  expect(text).toMatch(/^\d{4}-.*Z a photo Error: went wrong\n +at /)
  expect(text).toMatch(/Z 100 photos\n$/)
  expect(statSync(join(logs, 'main.log')).mode & 0o777).toBe(0o600)
})

test('a log that has grown begins anew, and the one before is kept', () => {
  const logs = temporaryFolder()
  writeFileSync(join(logs, 'main.log'), 'x'.repeat(600_000))
  started(logs)
  console.error('later')
  expect(readFileSync(join(logs, 'main.log'), 'utf8')).toMatch(/^\S+ later\n$/)
  expect(statSync(join(logs, 'main.log.1')).size).toBe(600_000)
})

test('an error that was not caught is in the log, and ends nothing', () => {
  const logs = temporaryFolder()
  const before = new Set(process.listeners('uncaughtException'))
  started(logs)
  const [caught] = process.listeners('uncaughtException').filter((one) => !before.has(one))
  caught?.(new Error('nobody expected this'), 'uncaughtException')
  expect(readFileSync(join(logs, 'main.log'), 'utf8')).toMatch(/Z Unhandled: Error: nobody expected this\n/)
})

test('a log that cannot be written keeps nothing from going on', () => {
  const logs = temporaryFolder()
  mkdirSync(join(logs, 'main.log'))
  const printed = started(logs)
  console.error('a photo')
  expect(printed).toHaveBeenCalledWith('a photo')
})
