import { app, Menu, shell, type MenuItemConstructorOptions } from 'electron'
import { chooseAndAddFolders } from './folders.ts'
import type { House } from './house.ts'
import { logFile } from './log.ts'
import { words, type Words } from './words.ts'

type Item = MenuItemConstructorOptions
type Role = NonNullable<Item['role']> & keyof Words

const separator: Item = { type: 'separator' }

/** The items that every app has. Electron knows what they do, but names them in English only. */
const roles = (w: Words, ...names: (Role | null)[]): Item[] =>
  names.map((role) => (role ? { role, label: w[role] } : separator))

const appMenu = (w: Words): Item => ({
  label: app.name,
  submenu: roles(w, 'about', null, 'services', null, 'hide', 'hideOthers', 'unhide', null, 'quit'),
})

const fileMenu = (w: Words, { library }: House, mac: boolean): Item => ({
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

const template = (house: House, w: Words, mac: boolean): Item[] => [
  ...(mac ? [appMenu(w)] : []),
  fileMenu(w, house, mac),
  {
    label: w.edit,
    submenu: roles(w, 'undo', 'redo', null, 'cut', 'copy', 'paste', 'delete', null, 'selectAll'),
  },
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

/** Gives the app its menu, in the system's language. */
export const showMenu = (house: House) => {
  Menu.setApplicationMenu(Menu.buildFromTemplate(template(house, words(), process.platform === 'darwin')))
}
