import { screen, type BrowserWindow, type Rectangle } from 'electron'
import Store, { type Schema } from 'electron-store'
import { canBeReached } from './displays.ts'

interface WindowState {
  bounds: Rectangle | null
  maximized: boolean
}

const pixels = { type: 'integer', minimum: -100_000, maximum: 100_000 }

const schema: Schema<WindowState> = {
  bounds: {
    type: ['object', 'null'],
    properties: { x: pixels, y: pixels, width: { ...pixels, minimum: 1 }, height: { ...pixels, minimum: 1 } },
    required: ['x', 'y', 'width', 'height'],
    additionalProperties: false,
  },
  maximized: { type: 'boolean' },
}

const usualSize = { width: 1280, height: 820 }

// A file that was damaged is no reason not to start: it begins anew.
const open = () =>
  new Store<WindowState>({
    name: 'window',
    schema,
    clearInvalidConfig: true,
    defaults: { bounds: null, maximized: false },
  })

/** Where the window was left, unless that display has gone. Electron must be ready. */
export const restoreState = (): { bounds: Rectangle | typeof usualSize; maximized: boolean } => {
  const { bounds, maximized } = open().store
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  return { bounds: bounds && canBeReached(bounds, areas) ? bounds : usualSize, maximized }
}

/** Notes where the window is when it closes. */
export const keepState = (window: BrowserWindow) => {
  window.on('close', () => {
    open().store = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
  })
}
