/** The parts of a desktop that a headless machine has not: what they would show is reported, answers are given before. */
import { EventEmitter } from 'node:events'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { grant, report } from './driver.ts'

interface Item {
  label?: string
  role?: string
  type?: string
  enabled?: boolean
  click?: () => void
  submenu?: Item[]
}

const folderAnswers: string[][] = []
const pathAnswers: string[] = []
const buttonAnswers: number[] = []
let menu: Item[] = []

grant('choose folders next', (folders: string[]) => void folderAnswers.push(folders))
grant('save as next', (file: string) => void pathAnswers.push(file))
grant('press button next', (button: number) => void buttonAnswers.push(button))

/** The window comes first where there is one. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller knows its arguments
const last = <T>(args: unknown[]) => args.at(-1) as T

export const dialog = {
  showOpenDialog: async (...args: unknown[]) => {
    const { properties } = last<{ properties: string[] }>(args)
    const filePaths = folderAnswers.shift() ?? []
    report({ kind: 'open dialog', properties })
    return { canceled: filePaths.length === 0, filePaths }
  },
  showSaveDialog: async (...args: unknown[]) => {
    const { defaultPath, filters } = last<{ defaultPath: string; filters: unknown }>(args)
    const filePath = pathAnswers.shift() ?? ''
    report({ kind: 'save dialog', defaultPath, filters })
    return { canceled: filePath === '', filePath }
  },
  showMessageBox: async (...args: unknown[]) => {
    const { message, detail, buttons } = last<{ message: string; detail?: string; buttons?: string[] }>(args)
    report({ kind: 'message box', message, detail, buttons })
    return { response: buttonAnswers.shift() ?? 0, checkboxChecked: false }
  },
  showErrorBox: (title: string, content: string) => report({ kind: 'error box', title, content }),
}

export const shell = {
  showItemInFolder: (path: string) => report({ kind: 'shown in folder', path }),
  openPath: (path: string) => {
    report({ kind: 'opened by the system', path })
    return Promise.resolve('')
  },
  /** A headless machine has no trash: the file goes to the app's own folder, which no gallery follows. */
  trashItem: async (path: string) => {
    const trash = join(process.env.CIMAISE_HOME ?? '.', 'system trash')
    mkdirSync(trash, { recursive: true })
    renameSync(path, join(trash, basename(path)))
    report({ kind: 'moved to trash', path })
  },
}

export const clipboard = { writeText: async (text: string) => report({ kind: 'copied', text }) }

class NativeImage {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  isEmpty = () => !existsSync(this.path)
  resize = (_size: { width: number }) => this
}

export const nativeImage = { createFromPath: (path: string) => new NativeImage(path) }

/** A keychain that this process alone can open, until it ends or the test takes it away. */
const turned = (text: string) => Array.from(text).toReversed().join('')
let keychain = true
grant('take the keychain away', () => void (keychain = false))

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => keychain,
  getSelectedStorageBackend: () => (keychain ? 'gnome_libsecret' : 'basic_text'),
  encryptStringAsync: async (text: string) => Buffer.from(`sealed:${turned(text)}`),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: turned(bytes.toString().replace('sealed:', '')),
    shouldReEncrypt: false,
  }),
}

let notified: Notification[] = []

/** A notification that nobody sees; a test clicks on the last one. */
export class Notification extends EventEmitter {
  readonly #options: { title: string; body: string }

  constructor(options: { title: string; body: string }) {
    super()
    this.#options = options
  }

  static isSupported = () => true

  show() {
    notified = [...notified, this]
    report({ kind: 'notification', ...this.#options })
  }
}

grant('click on the notification', () => notified.at(-1)?.emit('click'))

export const nativeTheme = {
  shouldUseDarkColors: false,
  set themeSource(theme: 'system' | 'light' | 'dark') {
    report({ kind: 'theme', theme })
  },
}

export const powerMonitor = new EventEmitter()
grant('wake up', () => powerMonitor.emit('resume'))

export const crashReporter = {
  start: (options: { uploadToServer?: boolean }) => report({ kind: 'crash reporter', ...options }),
}

const displays = [{ workArea: { x: 0, y: 0, width: 1920, height: 1050 } }]
grant('plug in a display', (workArea: (typeof displays)[0]['workArea']) => void displays.push({ workArea }))
export const screen = { getAllDisplays: () => displays }

/** Electron's requests are Node's with one more method. */
const request = ({ session: _, ...options }: RequestOptions & { session?: unknown }) => httpRequest(options)

export const net = { fetch, request }

export const Menu = {
  buildFromTemplate: (template: Item[]) => template,
  setApplicationMenu: (template: Item[]) => {
    menu = template
  },
}

const nameOf = ({ label = '' }: Item) => label.replace('&', '')

grant('click', (path: string[]) => {
  let items = menu
  let item: Item | undefined
  for (const name of path) {
    item = items.find((one) => nameOf(one) === name)
    if (!item) throw new Error(`no "${name}" among ${items.map(nameOf).join(', ')}`)
    items = item.submenu ?? []
  }
  if (item?.enabled === false) throw new Error(`"${path.join(' > ')}" is disabled`)
  item?.click?.()
})

grant('menu', () =>
  menu.map((top) => ({ label: nameOf(top), items: (top.submenu ?? []).map(nameOf).filter(Boolean) })),
)
