import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startLog } from '../../src/main/log.ts'
import { temporaryFolder } from '../support/temporary.ts'

test('what goes to console.error is in the log too, which begins anew when it has grown', () => {
  const logs = temporaryFolder()
  app.setPath('logs', logs)
  const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const before = {
    uncaught: process.listeners('uncaughtException'),
    rejected: process.listeners('unhandledRejection'),
  }
  onTestFinished(() => {
    printed.mockRestore()
    for (const one of process.listeners('uncaughtException'))
      if (!before.uncaught.includes(one)) process.off('uncaughtException', one)
    for (const one of process.listeners('unhandledRejection'))
      if (!before.rejected.includes(one)) process.off('unhandledRejection', one)
  })
  startLog()
  console.error('a photo', new Error('went wrong'))
  expect(printed).toHaveBeenCalledOnce()
  expect(readFileSync(join(logs, 'main.log'), 'utf8')).toMatch(/^\d{4}-.*Z a photo Error: went wrong\n +at /)
  writeFileSync(join(logs, 'main.log'), 'x'.repeat(600_000))
  console.error('later')
  expect(readFileSync(join(logs, 'main.log'), 'utf8')).toMatch(/^\S+ later\n$/)
  expect(statSync(join(logs, 'main.log.1')).size).toBe(600_000)
})
