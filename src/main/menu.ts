import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron'
import { command, type Command } from './commands.ts'
import { chooseAndAddFolders } from './folders.ts'
import type { DesktopSession } from './desktop-session.ts'
import { logFile } from './log.ts'
import { words, type Words } from './i18n.ts'

type Item = MenuItemConstructorOptions
/** What undo and redo would do, as the page says. */
interface Names {
  undo: string | null
  redo: string | null
}

type Role = NonNullable<Item['role']> & keyof Words

const separator: Item = { type: 'separator' }

/** The items that every app has. Electron knows what they do, but names them in English only. */
const roles = (w: Words, ...names: (Role | null)[]): Item[] =>
  names.map((role) => (role ? { role, label: w[role] } : separator))

const appMenu = (w: Words): Item => ({
  label: app.name,
  submenu: roles(w, 'about', null, 'services', null, 'hide', 'hideOthers', 'unhide', null, 'quit'),
})

const fileMenu = (w: Words, { library }: DesktopSession, mac: boolean): Item => ({
  label: w.file,
  submenu: [
    {
      label: w.addFolder,
      accelerator: 'CmdOrCtrl+O',
      enabled: library !== null,
      click: () => void chooseAndAddFolders(library),
    },
    separator,
    ...roles(w, mac ? 'close' : 'quit'),
  ],
})

const viewMenu = (w: Words): Item => {
  const forDevelopers: (Role | null)[] = app.isPackaged ? [] : ['toggleDevTools']
  return {
    label: w.view,
    submenu: roles(
      w,
      'reload',
      ...forDevelopers,
      null,
      'resetZoom',
      'zoomIn',
      'zoomOut',
      null,
      'togglefullscreen',
    ),
  }
}

/** The page decides whether a text is meant or photos; its own keys reach it without the menu. */
const actItem = (what: Command, label: string, name: string | null, accelerator: string): Item => ({
  label: name === null ? label : `${label}: ${name}`,
  accelerator,
  registerAccelerator: false,
  click: () => command(what),
})

const editMenu = (w: Words, names: Names): Item => ({
  label: w.edit,
  submenu: [
    actItem('undo', w.undo, names.undo, 'CmdOrCtrl+Z'),
    actItem('redo', w.redo, names.redo, 'CmdOrCtrl+Shift+Z'),
    ...roles(w, null, 'cut', 'copy', 'paste', 'delete', null, 'selectAll'),
  ],
})

const template = (desktopSession: DesktopSession, w: Words, mac: boolean, names: Names): Item[] => [
  ...(mac ? [appMenu(w)] : []),
  fileMenu(w, desktopSession, mac),
  editMenu(w, names),
  viewMenu(w),
  {
    role: 'window',
    label: w.window,
    submenu: mac ? roles(w, 'minimize', 'zoom', null, 'front') : roles(w, 'minimize', 'close'),
  },
  {
    role: 'help',
    label: w.help,
    submenu: [
      { label: w.showLog, click: () => shell.showItemInFolder(logFile()) },
      ...(mac ? [] : [separator, ...roles(w, 'about')]),
    ],
  },
]

/** Gives the app its menu, in the system's language, with the names of what undo and redo would do. */
export const showMenu = (desktopSession: DesktopSession, names: Names = { undo: null, redo: null }) => {
  const items = template(desktopSession, words(), process.platform === 'darwin', names)
  Menu.setApplicationMenu(Menu.buildFromTemplate(items))
}
