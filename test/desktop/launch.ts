import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { cleanEnvironment } from '../support/gallery.ts'
import { atEnd } from '../support/shared.ts'
import type { Report } from './stand-in/driver.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The built app. */
const mainFile = `${root}out/main/index.js`

interface Launch {
  home: string
  folders?: string[]
  env?: NodeJS.ProcessEnv
  /** The program; what is built where none is named. */
  program?: string
}

/** Waits until there is one; unlike `expect.poll`, also for what a group of tests shares. */
const comes = <T>(look: () => T | undefined, otherwise: string): Promise<T> =>
  vi.waitFor(
    () => {
      const found = look()
      if (found === undefined) throw new Error(otherwise)
      return found
    },
    { timeout: 30_000 },
  )

/** The desktop app while it runs in the stand-in, and the hands of its user. */
export class Desktop {
  readonly child: ChildProcess
  readonly reports: Report[] = []
  readonly exit: Promise<number | null>
  output = ''
  #browser: Promise<Browser> | undefined
  readonly #answers = new Map<number, (answer: { result?: unknown; error?: string }) => void>()

  constructor({ home, folders = [], env = {}, program = mainFile }: Launch) {
    this.child = fork(program, folders, {
      cwd: root,
      execArgv: ['--import', new URL('register.ts', import.meta.url).href],
      env: cleanEnvironment({ CIMAISE_HOME: home, ...env }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.exit = once(this.child, 'exit').then(([code]) => code as number | null)
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text))
    this.child.on(
      'message',
      (message: { report?: Report; id?: number; result?: unknown; error?: string }) => {
        if (message.report) this.reports.push(message.report)
        if (message.id !== undefined) this.#answers.get(message.id)?.(message)
      },
    )
  }

  /** What has been reported so far of one kind. */
  told = (kind: string) => this.reports.filter((report) => report.kind === kind)

  /** Does what a user would do, or asks what the stand-in knows. */
  async wish<T = unknown>(wish: string, value?: unknown): Promise<T> {
    const id = this.#answers.size
    const answer = new Promise<{ result?: unknown; error?: string }>((resolve) =>
      this.#answers.set(id, resolve),
    )
    this.child.send({ id, wish, value: value ?? null })
    const { result, error } = await answer
    if (error) throw new Error(error)
    return result as T
  }

  /** Resolves once the app says that it can be used. */
  ready = async () => {
    const ended = this.exit.then((code) => `ended with code ${code}\n${this.output}`)
    const ready = new Promise<string>((resolve) => {
      const look = () => this.output.includes('Cimaise is ready: cimaise://app/\n') && resolve('ready')
      this.child.stdout?.on('data', look)
      look()
    })
    expect(await Promise.race([ready, ended])).toBe('ready')
  }

  /** The page that the window shows now. */
  async page(): Promise<Page> {
    const browser = await (this.#browser ??= this.#attach())
    const pages = () => browser.contexts().flatMap((context) => context.pages())
    const ours = () => pages().find((page) => page.url().startsWith('http://app.cimaise.localhost'))
    const page = await comes(ours, 'no window shows the page')
    page.setDefaultTimeout(30_000)
    return page
  }

  async #attach() {
    const { port } = await comes(() => this.told('debugger')[0], 'no window has come')
    return chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`)
  }

  /** Ends the app as a user would. */
  async quit(): Promise<number | null> {
    void this.wish('quit') // its answer may come too late to be sent
    return this.exit
  }
}

/** Starts the built app in the stand-in. It ends with the test, if not before. */
export const launchDesktop = (launch: Launch): Desktop => {
  const desktop = new Desktop(launch)
  atEnd(async () => {
    if (desktop.child.exitCode !== null) return
    const hard = setTimeout(() => desktop.child.kill('SIGKILL'), 15_000)
    await desktop.quit()
    clearTimeout(hard)
  })
  return desktop
}

/** Starts the built app in the stand-in and waits until it can be used. */
export const openDesktop = async (launch: Launch): Promise<Desktop> => {
  const desktop = launchDesktop(launch)
  await desktop.ready()
  return desktop
}
