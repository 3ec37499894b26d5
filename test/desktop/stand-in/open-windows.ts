import type { BrowserWindow } from './window.ts'

/** The windows that are open. They lie apart, as the app ends with its windows, and a window may end its app. */
export const windows = new Set<BrowserWindow>()

export const openWindows = () => [...windows]
