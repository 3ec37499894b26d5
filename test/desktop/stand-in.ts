/**
 * A stand-in for Electron, so that the built main process, preload and renderer run as they are where Electron's binary
 * is not to be had: windows are pages of a Chromium. It knows no more of Electron than src/main uses, and is stricter.
 *
 * What it cannot show: the preload shares the page's world, ports carry text and bytes only, and there are no native
 * menus, dialogs or permissions. real.test.ts runs the same app in Electron itself, where there is one.
 */
import { app } from './stand-in/app.ts'
import { ipcMain, protocol, session } from './stand-in/chromium.ts'
import {
  clipboard,
  crashReporter,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  safeStorage,
  screen,
  shell,
} from './stand-in/system.ts'
import { BrowserWindow } from './stand-in/window.ts'

export {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
}

// electron-store takes its parts from the default export.
export default {
  app,
  BrowserWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
}
