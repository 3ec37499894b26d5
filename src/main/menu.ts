import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { command } from './commands.ts'
import { chooseAndAddFolders } from './folders.ts'
import type { DesktopSession } from './desktop-session.ts'
import { showLog } from './log.ts'
import { words, type Words } from './i18n.ts'
import type { MenuCommand } from '../shared/schemas/menu.ts'

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

const fileMenu = (w: Words, { library }: DesktopSession, mac: boolean, shown: MenuCommand[]): Item => ({
  label: w.file,
  submenu: [
    {
      label: w.addFolder,
      accelerator: 'CmdOrCtrl+O',
      enabled: library !== null,
      click: () => void chooseAndAddFolders(library),
    },
    ...pageItems(shown, 'file'),
    separator,
    ...roles(w, mac ? 'close' : 'quit'),
  ],
})

const viewMenu = (w: Words, shown: MenuCommand[]): Item => {
  const forDevelopers: (Role | null)[] = app.isPackaged ? [] : ['toggleDevTools']
  const ofPage = pageItems(shown, 'view')
  return {
    label: w.view,
    submenu: [
      ...ofPage,
      ...(ofPage.length > 0 ? [separator] : []),
      ...roles(
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
    ],
  }
}

/** What the menu has of the page before the page has spoken. */
const unspoken = (w: Words): MenuCommand[] => [
  { id: 'undo', menu: 'edit', label: w.undo, accelerator: 'CmdOrCtrl+Z' },
  { id: 'redo', menu: 'edit', label: w.redo, accelerator: 'CmdOrCtrl+Shift+Z' },
]

/** Commands of the page in one of the menus; their keys reach the page without the menu. */
const pageItems = (shown: MenuCommand[], menu: MenuCommand['menu']): Item[] =>
  shown
    .filter((one) => one.menu === menu)
    .map(({ id, label, accelerator }) => ({
      label,
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
      click: () => command(id),
    }))

const photoMenu = (w: Words, shown: MenuCommand[]): Item[] => {
  const submenu = pageItems(shown, 'photo')
  return submenu.length > 0 ? [{ label: w.photo, submenu }] : []
}

const editMenu = (w: Words, shown: MenuCommand[]): Item => ({
  label: w.edit,
  submenu: [
    ...pageItems(shown, 'edit'),
    ...roles(w, null, 'cut', 'copy', 'paste', 'delete', null, 'selectAll'),
  ],
})

const template = (desktopSession: DesktopSession, w: Words, mac: boolean, shown: MenuCommand[]): Item[] => [
  ...(mac ? [appMenu(w)] : []),
  fileMenu(w, desktopSession, mac, shown),
  editMenu(w, shown),
  ...photoMenu(w, shown),
  viewMenu(w, shown),
  {
    role: 'window',
    label: w.window,
    submenu: mac ? roles(w, 'minimize', 'zoom', null, 'front') : roles(w, 'minimize', 'close'),
  },
  {
    role: 'help',
    label: w.help,
    submenu: [{ label: w.showLog, click: showLog }, ...(mac ? [] : [separator, ...roles(w, 'about')])],
  },
]

/** Gives the app its menu, in the system's language, with the commands of the page. */
export const showMenu = (desktopSession: DesktopSession, shown: MenuCommand[] = unspoken(words())) => {
  const items = template(desktopSession, words(), process.platform === 'darwin', shown)
  Menu.setApplicationMenu(Menu.buildFromTemplate(items))
}
