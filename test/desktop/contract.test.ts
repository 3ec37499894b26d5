import { EventEmitter } from 'node:events'
import { ipcMain } from 'electron'
import { afterEach, expect, test, vi } from 'vitest'
import { serveContract } from '../../src/main/rpc.ts'
import type { DesktopSession } from '../../src/main/desktop-session.ts'
import { MessagePortMain } from './stand-in/port.ts'

// It looks for the real Electron, whatever stands in for it here.
vi.mock('electron-store', () => ({ default: vi.fn() }))

const page = { parent: null, origin: 'cimaise://app' }

/** What reaches the main process when a page offers a port. */
const offer = (sender: object, senderFrame: object | null) => {
  const port = new MessagePortMain(() => undefined)
  const closed = vi.fn()
  port.on('close', closed)
  ipcMain.emit('rpc:port', { ports: [port], sender, senderFrame })
  return { port, closed, answered: port.listenerCount('message') > 0 }
}

afterEach(() => void ipcMain.removeAllListeners())

test('only the page itself is answered, not a frame in it nor a page from elsewhere', () => {
  serveContract({} as DesktopSession)
  const sender = new EventEmitter()
  expect(offer(sender, page).answered).toBe(true)
  expect(offer(sender, { ...page, parent: page }).answered).toBe(false)
  expect(offer(sender, { ...page, origin: 'https://example.com' }).answered).toBe(false)
  expect(offer(sender, null).answered).toBe(false)
})

test('a new port ends what ran on the old one of the same window', () => {
  serveContract({} as DesktopSession)
  const [sender, other] = [new EventEmitter(), new EventEmitter()]
  const first = offer(sender, page)
  const elsewhere = offer(other, page)
  expect(first.closed).not.toHaveBeenCalled()
  offer(sender, page)
  expect(first.closed).toHaveBeenCalledOnce()
  expect(first.port.closed).toBe(true)
  expect(elsewhere.port.closed).toBe(false)
})
