import { BrowserWindow, screen } from 'electron'
import { pageUrl } from './address.ts'
import { otherDisplay } from './displays.ts'
import { keepState, restoreState } from './window-state.ts'
import { currentWindow, recover, windowOptions } from './window.ts'

/** On the only display there is, it begins beside the window of the gallery. */
const usualSize = { width: 960, height: 720 }

let current: BrowserWindow | null = null

/** Where it was left, else all of a display that the window of the gallery is not on. */
const placeOf = (gallery: BrowserWindow | null) => {
  const { bounds, maximized } = restoreState('picture-window')
  if (bounds) return { bounds, maximized }
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  const other = gallery && otherDisplay(gallery.getNormalBounds(), areas)
  return { bounds: other ?? usualSize, maximized: other !== null }
}

/** Opens the window for the picture alone, or brings it to the front. It closes with the window of the gallery. */
export const showPictureWindow = async (channel: string): Promise<void> => {
  if (current) {
    current.show()
    current.focus()
    return
  }
  const gallery = currentWindow()
  const { bounds, maximized } = placeOf(gallery)
  const window = new BrowserWindow({ ...windowOptions(), ...bounds, autoHideMenuBar: true })
  current = window
  window.once('closed', () => (current = null))
  gallery?.once('closed', closePictureWindow)
  keepState(window, 'picture-window')
  recover(window)
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  await window.loadURL(`${pageUrl}?picture=${channel}`).catch((error: unknown) => {
    if (!window.isDestroyed()) throw error // closed by the user before it had loaded: no failure
  })
}

/** Closes it: nobody sees what the account before was shown. */
export const closePictureWindow = () => current?.close()
