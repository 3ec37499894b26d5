import { EventEmitter } from 'node:events'
import { statSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { app } from './app.ts'
import { cancellable } from './cancellable.ts'
import { ipcMain, openPage, toChromium, toElectron } from './chromium.ts'
import { grant, report } from './driver.ts'
import { deliver, preloadScript, type FromPage } from './page-side.ts'
import { openWindows, windows } from './open-windows.ts'
import { MessagePortMain, type Parcel } from './port.ts'

interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

interface Options extends Partial<Bounds> {
  icon?: string
  webPreferences?: {
    preload?: string
    sandbox?: boolean
    contextIsolation?: boolean
    nodeIntegration?: boolean
    webviewTag?: boolean
  }
}

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

const originOf = (url: string) => /^[\w-]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null'

interface Dragged {
  file: string
  files?: string[]
  icon: { isEmpty: () => boolean }
}

class WebContents extends EventEmitter {
  readonly #preload: string
  readonly #ports = new Map<string, { document: string; port: MessagePortMain }>()
  #page: Promise<Page>
  #url = ''
  #programmatic = false
  #opens: OpenHandler = () => ({ action: 'allow' })

  constructor(preload: string) {
    super()
    this.#preload = preload
    // The app learns of the contents, and sets its guards, before the page is there.
    app.emit('web-contents-created', {}, this)
    this.#page = this.#open()
  }

  setWindowOpenHandler(handler: OpenHandler) {
    this.#opens = handler
  }

  get openPorts() {
    return [...this.#ports.values()].filter(({ port }) => !port.closed).length
  }

  async load(url: string) {
    this.#url = url
    this.#programmatic = true
    const page = await this.#page
    await page.goto(toChromium(url))
    this.emit('did-finish-load')
  }

  /** Where the real one has no picture to drag, it drags nothing. */
  startDrag({ file, files = [file], icon }: Dragged) {
    if (icon.isEmpty()) throw new Error('a drag needs a picture')
    report({ kind: 'dragged out', files })
  }

  reload() {
    void this.#reload()
  }

  async #reload() {
    const page = await this.#page
    // The page may have given itself another address meanwhile.
    const url = page.isClosed() ? this.#url : toElectron(await page.evaluate(() => location.href))
    if (page.isClosed()) this.#page = this.#open()
    await this.load(url)
  }

  async close() {
    await (await this.#page).close()
    this.#disconnect()
  }

  async #open() {
    const page = await openPage(this, (url) => this.#askToOpen(url))
    await page.exposeBinding('toStandIn', (source, message: FromPage) =>
      this.#hear(page, source.frame.url(), message),
    )
    await page.addInitScript({ content: preloadScript(this.#preload) })
    page.on('crash', () => void this.#crashed(page))
    return page
  }

  /** A crashed page cannot be used again in Chromium: a reload opens another one. */
  async #crashed(page: Page) {
    await page.close()
    this.#disconnect()
    this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
  }

  #askToOpen(url: string) {
    const { action } = this.#opens({ url })
    report({ kind: action === 'deny' ? 'refused' : 'opened', url: `a window for ${url}` })
  }

  mayNavigate(url: string, isMainFrame: boolean) {
    const programmatic = this.#programmatic && isMainFrame
    if (programmatic) this.#programmatic = false
    return (
      programmatic || cancellable((event) => this.emit('will-frame-navigate', event), { url, isMainFrame })
    )
  }

  #disconnect(except?: string) {
    for (const [id, { document, port }] of this.#ports) {
      if (document === except) continue
      this.#ports.delete(id)
      port.disconnect()
    }
  }

  #hear(
    page: Page,
    url: string,
    { document, kind, channel = '', port: id = '', parcel, url: wanted = '', reason }: FromPage,
  ) {
    if (kind === 'failed') {
      console.error(`The preload failed: ${reason}`)
      app.exit(1)
    }
    if (kind === 'open') this.#askToOpen(wanted)
    if (kind === 'hello') this.#disconnect(document)
    if (kind === 'message' && parcel !== undefined) this.#ports.get(id)?.port.receive(parcel)
    if (kind !== 'port') return
    const send = (out: Parcel | null) =>
      void page.evaluate(deliver, { port: id, parcel: out }).catch(() => undefined)
    const port = new MessagePortMain(send)
    this.#ports.set(id, { document, port })
    const senderFrame = { url: toElectron(url), origin: originOf(toElectron(url)), parent: null }
    ipcMain.emit(channel, { ports: [port], sender: this, senderFrame })
  }
}

/** A window that is not on any screen. It refuses to be less safe than ours must be. */
export class BrowserWindow extends EventEmitter {
  static getAllWindows = openWindows
  readonly webContents: WebContents
  readonly #state = { minimized: false, maximized: false, shown: false, destroyed: false, focused: true }
  #bounds: Bounds

  constructor({ webPreferences = {}, icon, x = 0, y = 0, width = 800, height = 600 }: Options) {
    super()
    const { preload, sandbox, contextIsolation, nodeIntegration, webviewTag } = webPreferences
    if (!preload || !sandbox || !contextIsolation || nodeIntegration || webviewTag)
      throw new Error('A window has a preload, a sandbox and an isolated context, no Node and no webview.')
    if (icon) statSync(icon) // Electron shows none where there is none, and says nothing
    this.#bounds = { x, y, width, height }
    this.webContents = new WebContents(preload)
    windows.add(this)
  }

  async loadURL(url: string) {
    await this.webContents.load(url)
    this.emit('ready-to-show')
  }

  getNormalBounds = () => this.#bounds
  isMaximized = () => this.#state.maximized
  isMinimized = () => this.#state.minimized
  isFocused = () => this.#state.focused
  setProgressBar = (progress: number) => report({ kind: 'progress', progress })
  isDestroyed = () => this.#state.destroyed
  maximize = () => void (this.#state.maximized = true)
  restore = () => void (this.#state.minimized = false)
  show = () => void (this.#state.shown = true)
  focus = () => report({ kind: 'window focused' })

  close() {
    void this.end().then(() => app.windowClosed())
  }

  async end() {
    if (this.#state.destroyed) return
    if (!cancellable((event) => this.emit('close', event))) return
    this.#state.destroyed = true
    windows.delete(this)
    await this.webContents.close()
    this.emit('closed')
  }

  /** What a user does with the window. */
  arrange(how: Partial<Bounds> & { maximized?: boolean; minimized?: boolean; focused?: boolean }) {
    const { maximized, minimized, focused } = { ...this.#state, ...how }
    const { x, y, width, height } = { ...this.#bounds, ...how }
    Object.assign(this.#state, { maximized, minimized, focused })
    this.#bounds = { x, y, width, height }
  }

  describe = () => ({ ...this.#state, bounds: this.#bounds, openPorts: this.webContents.openPorts })
}

grant('windows', () => openWindows().map((window) => window.describe()))
grant('arrange window', (how: Parameters<BrowserWindow['arrange']>[0]) => openWindows()[0]?.arrange(how))
grant('close window', () => openWindows()[0]?.close())
grant('arrange second window', (how: Parameters<BrowserWindow['arrange']>[0]) =>
  openWindows()[1]?.arrange(how),
)
grant('close second window', () => openWindows()[1]?.close())
