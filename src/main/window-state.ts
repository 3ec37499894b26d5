import { screen, type BrowserWindow, type Rectangle } from 'electron'
import type { Schema } from 'electron-store'
import { canBeReached } from './displays.ts'
import { openStore } from './open-store.ts'

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

/** The windows whose places are kept. */
type Kept = 'window' | 'picture-window'

const open = (name: Kept) =>
  openStore<WindowState>(name, { schema, defaults: { bounds: null, maximized: false } })

/** Where a window was left; null where it never was, or that display has gone. Electron must be ready. */
export const restoreState = (name: Kept): { bounds: Rectangle | null; maximized: boolean } => {
  const { bounds, maximized } = open(name).store
  const areas = screen.getAllDisplays().map((display) => display.workArea)
  return { bounds: bounds && canBeReached(bounds, areas) ? bounds : null, maximized }
}

/** Notes where a window is when it closes. */
export const keepState = (window: BrowserWindow, name: Kept) => {
  window.on('close', () => {
    open(name).store = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
  })
}
