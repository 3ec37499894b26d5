import { join } from 'node:path'
import { BrowserWindow, dialog, nativeTheme, type BrowserWindowConstructorOptions } from 'electron'
import { applicationRoot } from '../core/gallery/app-paths.ts'
import { pageUrl } from './address.ts'
import { keepState, restoreState } from './window-state.ts'
import { words } from './i18n.ts'

/** A second crash within this time is said rather than tried again, in milliseconds. */
const crashWindowMs = 60_000

/** Where the window has not been before. */
const usualSize = { width: 1280, height: 820 }

let current: BrowserWindow | null = null

/** The window of the gallery; null where it was closed. */
export const currentWindow = (): BrowserWindow | null => current

/** The picture of the program, for windows and for what is dragged out of them. */
export const windowIcon = () => join(applicationRoot(), 'out', 'renderer', 'icon-512.png')

/** What all windows of this app have, which are shown once they have something to show. */
export const windowOptions = (): BrowserWindowConstructorOptions => ({
  title: 'Cimaise',
  show: false,
  // Elsewhere the program itself has one.
  ...(process.platform === 'linux' && { icon: windowIcon() }),
  // What is seen before the page has drawn anything.
  backgroundColor: nativeTheme.shouldUseDarkColors ? '#181818' : '#ffffff',
  webPreferences: {
    preload: join(applicationRoot(), 'out', 'preload', 'index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  },
})

const sayCrashed = async (window: BrowserWindow) => {
  const { windowCrashed, windowCrashedDetail, reload, close } = words()
  const buttons = [reload, close]
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: windowCrashed,
    detail: windowCrashedDetail,
    buttons,
    cancelId: 1,
  })
  if (response === 0) window.webContents.reload()
  else window.close()
}

/** A page that crashes is loaded again, once; the second time the user decides. */
export const recover = (window: BrowserWindow) => {
  let last = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    console.error(`The window's process has gone: ${reason} (${exitCode})`)
    const again = Date.now() - last < crashWindowMs
    last = Date.now()
    // In the handler itself a reload may bring the whole app down: electron#19887, electron#51900.
    setImmediate(() => {
      if (window.isDestroyed()) return
      if (again) void sayCrashed(window)
      else window.webContents.reload()
    })
  })
}

/** Opens the window where it was left, and resolves once the page has loaded. */
export const openWindow = async (): Promise<void> => {
  const { bounds, maximized } = restoreState('window')
  const window = new BrowserWindow({
    ...windowOptions(),
    ...(bounds ?? usualSize),
    minWidth: 640,
    minHeight: 480,
  })
  current = window
  window.once('closed', () => (current = null))
  keepState(window, 'window')
  recover(window)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  await window.loadURL(pageUrl).catch((error: unknown) => {
    if (!window.isDestroyed()) throw error // closed by the user before it had loaded: no failure
  })
}

/** Shows the page anew, as another account is in it now. What was asked last is answered before. */
export const reloadWindow = () => {
  setImmediate(() => currentWindow()?.webContents.reload())
}

/** Brings the window to the front, opening it again where it was closed. */
export const showWindow = () => {
  const window = currentWindow()
  if (!window) return void openWindow().catch((error: unknown) => console.error(error))
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
