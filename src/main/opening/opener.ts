import { app } from 'electron'
import type { DesktopSession } from '../desktop-session.ts'
import { showWindow } from '../window.ts'
import { open } from './open.ts'
import type { Opened } from './opened.ts'

/** Opens what the user asks the system to open with the program, one after the other, once there is a window. */
export class Opener {
  readonly #session = Promise.withResolvers<DesktopSession>()
  #last: Promise<unknown> = this.#session.promise

  /** To be made before Electron is ready: macOS tells at once of what the program was started for. */
  constructor() {
    app.on('open-file', (event, path) => {
      event.preventDefault()
      this.ask({ paths: [path], links: [], asks: false })
    })
    app.on('open-url', (event, url) => {
      event.preventDefault()
      this.ask({ paths: [], links: [url], asks: false })
    })
    // Cimaise was started again: that one has handed over what it was given.
    app.on('second-instance', (_event, _arguments, _directory, data) => this.ask(data as Opened))
  }

  /** There is a window: what was asked for meanwhile is opened in it. */
  begin(session: DesktopSession) {
    this.#session.resolve(session)
  }

  /** Brings the window to the front and opens things in it. */
  ask(opened: Opened) {
    const before = this.#last
    const work = async () => {
      await before
      showWindow()
      await open(await this.#session.promise, opened)
    }
    this.#last = work().catch((error: unknown) => console.error(error))
  }
}
