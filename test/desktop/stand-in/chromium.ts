/** The one Chromium behind all windows, and what Electron puts between a page and the network. */
import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import {
  chromium,
  type BrowserContext,
  type Page,
  type Request as PageRequest,
  type Route,
} from 'playwright-core'
import { chromiumPath, chromiumSwitches } from '../../support/chromium.ts'
import { cancellable } from './cancellable.ts'
import { grant, report } from './driver.ts'

type Handler = (request: Request) => Response | Promise<Response>
type Verdict = (url: { url: string }, answer: (verdict: { cancel?: boolean }) => void) => void
type Permission = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void

/** The part of a window that its page's requests concern. */
export interface Visitor {
  /** Asked before the page goes somewhere of its own accord; may refuse. */
  mayNavigate: (url: string, isMainFrame: boolean) => boolean
}

const handlers = new Map<string, Handler>()
const visitors = new Map<Page, Visitor>()
let mayLoad: Verdict = (_request, answer) => answer({})
let mayHave: Permission | undefined
let started: { context: BrowserContext; server: Server; folder: string; port: number } | undefined

export const ipcMain = new EventEmitter()

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, boolean> }[]) => {
    if (started) throw new Error('schemes are registered before the app is ready')
    for (const { scheme, privileges } of schemes)
      if (!privileges['standard'] || !privileges['secure']) throw new Error(`${scheme} would have no origin`)
  },
  handle: (scheme: string, handler: Handler) => void handlers.set(scheme, handler),
}

const defaultSession = Object.assign(new EventEmitter(), {
  setPermissionRequestHandler: (handler: Permission) => void (mayHave = handler),
  setPermissionCheckHandler: () => undefined,
  webRequest: { onBeforeRequest: (listener: Verdict) => void (mayLoad = listener) },
})

export const session = { defaultSession, fromPartition: (name: string) => ({ name }) }

grant(
  'ask for permission',
  (permission: string) =>
    new Promise((resolve) => (mayHave ? mayHave({}, permission, resolve) : resolve(true))),
)

/** http://app.cimaise.localhost:1234/x -> cimaise://app/x. Chromium will not navigate to a scheme that it does not know. */
export const toElectron = (url: string) =>
  url.replace(/^http:\/\/([\w-]+)\.([\w-]+)\.localhost:\d+/, (whole, host: string, scheme: string) =>
    handlers.has(scheme) ? `${scheme}://${host}` : whole,
  )

/** cimaise://app/x -> http://app.cimaise.localhost:1234/x, which is a secure context too. */
export const toChromium = (url: string) =>
  url.replace(/^([\w-]+):\/\/([\w-]+)(?=\/|$)/, (whole, scheme: string, host: string) =>
    handlers.has(scheme) ? `http://${host}.${scheme}.localhost:${started?.port ?? 0}` : whole,
  )

const answer = async (request: Request): Promise<Response> => {
  const url = toElectron(request.url)
  const handler = handlers.get(url.slice(0, url.indexOf(':')))
  return handler
    ? handler(new Request(url, { method: request.method, headers: request.headers }))
    : new Response(null, { status: 404 })
}

const isRefused = (url: string) => {
  let refused = false
  mayLoad({ url }, ({ cancel }) => (refused = cancel === true))
  return refused
}

/** The window whose page asks; none where the page is one that our page opens. */
const visitorOf = (request: PageRequest) => {
  try {
    return visitors.get(request.frame().page())
  } catch {
    return undefined // the page is still being made
  }
}

const decide = async (route: Route) => {
  const request = route.request()
  const url = toElectron(request.url())
  const refuse = (why: 'aborted' | 'blockedbyclient') => {
    report({ kind: 'refused', url })
    return route.abort(why)
  }
  const visitor = visitorOf(request)
  if (!visitor) return refuse('blockedbyclient')
  const goesElsewhere =
    request.isNavigationRequest() && !visitor.mayNavigate(url, !request.frame().parentFrame())
  // "aborted" leaves the page as it is, where other reasons show an error page.
  if (goesElsewhere) return refuse('aborted')
  return isRefused(url) ? refuse('blockedbyclient') : route.continue()
}

const launch = (folder: string) =>
  chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(),
    viewport: { width: 1280, height: 820 }, // that of a window that has no place yet
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...chromiumSwitches, '--headless=new', '--remote-debugging-port=0'],
  })

/** Chromium writes down which port it has taken. */
const debuggerPort = async (folder: string) => {
  const file = join(folder, 'DevToolsActivePort')
  while (!existsSync(file)) await wait(20)
  return Number(readFileSync(file, 'utf8').split('\n')[0])
}

/** Starts Chromium with a new profile in a folder; the test attaches to its debugger. */
export const launchChromium = async (folder: string) => {
  await rm(folder, { recursive: true, force: true })
  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const context = await launch(folder)
  started = { context, server, folder, port: (server.address() as AddressInfo).port }
  await context.route('**/*', (route) => decide(route).catch(() => undefined)) // the page may have gone meanwhile
  report({ kind: 'debugger', port: await debuggerPort(folder) })
}

export const closeChromium = async () => {
  if (!started) return
  const { context, server, folder } = started
  await context.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
}

/** Opens a page for a window. What it opens in turn is closed again: the stand-in has no windows but the app's own. */
export const openPage = async (visitor: Visitor, askToOpen: (url: string) => void): Promise<Page> => {
  if (!started) throw new Error('a window before the app is ready')
  const page = await started.context.newPage()
  visitors.set(page, visitor)
  page.on('close', () => visitors.delete(page))
  page.on('popup', (popup) => {
    askToOpen(popup.url())
    void popup.close()
  })
  page.on('download', (download) => {
    const allowed = cancellable((event) => defaultSession.emit('will-download', event))
    report({ kind: allowed ? 'download' : 'refused', url: toElectron(download.url()) })
    if (!allowed) void download.cancel()
  })
  return page
}
