import { EventEmitter } from 'node:events'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { cancellable } from './cancellable.ts'
import { closeChromium, launchChromium } from './chromium.ts'
import { grant, report, reported } from './driver.ts'
import { openWindows } from './open-windows.ts'

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

class App extends EventEmitter {
  readonly isPackaged = process.env['STAND_IN_RESOURCES'] !== undefined
  readonly name = 'cimaise'
  readonly #paths = new Map([
    ['userData', join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'cimaise')],
  ])
  #ready: Promise<void> | undefined
  #quitting = false

  getName = () => this.name
  getVersion = () => '0.0.1'
  getLocale = () => process.env['STAND_IN_LOCALE'] ?? 'en-GB'

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path) return path
    if (name === 'logs') return join(this.getPath('userData'), 'logs')
    throw new Error(`the stand-in has no path "${name}"`)
  }

  setPath(name: string, path: string) {
    if (!statSync(path).isDirectory()) throw new Error(`${path} is not a folder`)
    this.#paths.set(name, path)
  }

  whenReady = () => (this.#ready ??= this.#start())

  async #start() {
    // What the program was started for is told before it is ready.
    const file = process.env['STAND_IN_OPENED']
    if (file) this.opened('open-file', file)
    await launchChromium(join(this.getPath('userData'), 'stand-in-chromium'))
  }

  /** A file with the holder's pid is the lock; the others leave what they have to say in a folder beside it. */
  requestSingleInstanceLock(data: unknown): boolean {
    const lock = join(this.getPath('userData'), 'stand-in-lock')
    const inbox = `${lock}-inbox`
    mkdirSync(inbox, { recursive: true })
    const holder = Number(readFileSync(lock, { encoding: 'utf8', flag: 'a+' }))
    if (holder && isAlive(holder)) {
      const letter = join(inbox, String(process.pid))
      writeFileSync(`${letter}.part`, JSON.stringify(data))
      renameSync(`${letter}.part`, `${letter}.json`)
      return false
    }
    writeFileSync(lock, String(process.pid))
    watch(inbox, { persistent: false }, () => this.#readLetters(inbox))
    return true
  }

  #readLetters(inbox: string) {
    for (const name of readdirSync(inbox).filter((file) => file.endsWith('.json'))) {
      const data: unknown = JSON.parse(readFileSync(join(inbox, name), 'utf8'))
      rmSync(join(inbox, name))
      this.emit('second-instance', {}, [], inbox, data)
    }
  }

  setBadgeCount(count: number): boolean {
    report({ kind: 'badge', count })
    return true
  }

  /** macOS has a Dock. */
  readonly dock = {
    setMenu: (items: { label: string; click: () => void }[]) => {
      grant('click in the Dock', (label: string) => items.find((item) => item.label === label)?.click())
    },
  }

  quit() {
    void this.#quit()
  }

  async #quit() {
    if (this.#quitting) return
    if (!cancellable((event) => this.emit('before-quit', event))) return
    this.#quitting = true
    for (const window of openWindows()) await window.end()
    if (cancellable((event) => this.emit('will-quit', event))) this.exit()
  }

  exit(code = 0) {
    this.emit('quit', {}, code)
    void Promise.allSettled([reported(), closeChromium()]).then(() => process.exit(code))
  }

  /** Tells of something that the user opens with the program, as macOS does; the program must take it upon itself. */
  opened(event: 'open-file' | 'open-url', what: string) {
    if (cancellable((given) => this.emit(event, given, what)))
      throw new Error(`${event} was left to Electron`)
  }

  windowClosed() {
    if (this.#quitting || openWindows().length > 0) return
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }
}

export const app = new App()
