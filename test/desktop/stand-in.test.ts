import { app, BrowserWindow } from 'electron'
import { expect, test } from 'vitest'

const safe = { preload: 'preload.cjs', sandbox: true, contextIsolation: true }

test.each([
  ['a sandbox', { sandbox: false }],
  ['an isolated context', { contextIsolation: false }],
  ['a page without Node', { nodeIntegration: true }],
  ['a page without webviews', { webviewTag: true }],
])('the stand-in insists on %s', (_what, unsafe) => {
  expect(() => new BrowserWindow({ webPreferences: { ...safe, ...unsafe } })).toThrow('A window has')
})

test('the stand-in refuses a folder that is not there, as Electron does', () => {
  expect(() => app.setPath('userData', '/not/there')).toThrow('ENOENT')
})
