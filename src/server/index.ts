/**
 * The browser shell: serves the gallery over HTTP, and keeps the folders of its host in step with the disk.
 * `cimaise serve`, `npm start -- --browser` and the container run it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { applicationRoot } from '../core/gallery/app-paths.ts'
import type { Library } from '../core/library/library.ts'
import { makeFolder } from '../core/library/make-folder.ts'
import { openLibrary } from '../core/library/watched-library.ts'
import { createDecoder } from '../core/library/decode/pool.ts'
import type { Session } from '../core/gallery/session.ts'
import { openGallery } from '../core/gallery/open-gallery.ts'
import { keepPeople } from '../core/access/requests.ts'
import { keepResponsive } from '../core/redis/end-busy.ts'
import { openPreviewCache } from '../core/previews/open-preview-cache.ts'
import { takeTurn } from '../core/redis/lease.ts'
import { keptPlace } from '../core/photos/kept-indexes.ts'
import { warmIndexes } from '../core/photos/warm-index.ts'
import { readForAll } from '../core/photos/shared-reader.ts'
import { keepTrash, purgeIntervalMs } from '../core/photos/trash.ts'
import { GalleryError } from '../shared/errors.ts'
import { Administration } from './administration.ts'
import { TokenSessions } from './api/token-sessions.ts'
import { createApp } from './app.ts'
import { belowBase, misplaced } from './base-path.ts'
import { hostsOf, isLoopbackName } from './hosts.ts'
import { openMailOffice, tellImports } from './send-mail.ts'
import { openAttempts, openSessions } from './sessions/open-sessions.ts'
import { UploadSettings } from '../core/library/uploads/upload-settings.ts'
import { usualUploadPattern } from '../shared/domain/uploads.ts'
import { displayName, openPort } from './open-port.ts'
import { openUploads } from './uploads.ts'
import { readOptions, usage, type ServerOptions } from './options.ts'

/** Opens a page in the user's own browser, also out of WSL. That there is none is no failure of ours. */
const openBrowser = async (url: string) => {
  const { default: open } = await import('open')
  const browser = await open(url).catch(() => null)
  browser?.on('error', () => undefined)
}

/** Runs the parts in turn until they have ended; a second signal ends the process at once. */
const onSignal = (close: () => Promise<void>) => {
  let closing = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (closing) process.exit(1)
      closing = true
      void close().finally(() => process.exit(0))
    })
}

/** Of several servers one looks through the trash; another one the next time, if that one is gone by then. */
const trashTurn = (steward: Session | null) => () =>
  steward ? takeTurn(steward.redis, steward.keys.lease('trash'), purgeIntervalMs / 2) : Promise.resolve(true)

/** The folder for uploads that was named is one of the library's, and takes them from now on. */
const takeUploads = async (library: Library, { uploads: { folder } }: ServerOptions) => {
  if (folder === null) return
  await makeFolder(resolve(folder))
  await library.add([folder])
  const path = await realpath(folder)
  const known = (await library.roots()).find((root) => root.path === path)?.uploads
  await library.setUploads(path, known ?? usualUploadPattern)
}

/** What the server works with, each part on the one before. */
const openParts = async (options: ServerOptions) => {
  const gallery = await openGallery({ watchSettings: true, shell: 'browser' })
  const self = options.service ? await gallery.service(options.service) : await gallery.self()
  const steward = await gallery.stewardSession()
  readForAll(steward ?? self)
  const library = await openLibrary(self, gallery.home, { watch: true, steward: steward?.redis ?? null })
  const decoder = createDecoder()
  const mail = openMailOffice(gallery, steward ?? self, process.env)
  const sessions = openSessions(gallery, self, steward)
  const administration = new Administration(gallery, self, steward)
  const attempts = openAttempts(gallery, steward)
  const tokens = new TokenSessions(gallery, self, attempts)
  return { gallery, self, steward, library, decoder, mail, sessions, administration, attempts, tokens }
}

type Parts = Awaited<ReturnType<typeof openParts>>

/** Begins what goes on whether somebody asks or not. @returns What ends it, and what else is to be ended. */
const beginChores = ({ gallery, self, steward, library, mail, administration, tokens }: Parts) => [
  () => tokens.close(),
  () => administration.close(),
  keepTrash(self, trashTurn(steward)),
  keepPeople(steward ?? self),
  keepResponsive(self.redis, console.error),
  warmIndexes(steward ?? self, { place: keptPlace(gallery) }).stop,
  tellImports(mail, steward ?? self, library),
  () => mail?.close(),
]

const openApp = async (parts: Parts, options: ServerOptions, port: number) => {
  const { gallery, self, steward, library, decoder } = parts
  const { originals } = library
  const { base, proxies, embedders, provider, loginHeader } = options
  const settings = new UploadSettings(self, options.uploads)
  const uploads = await openUploads({ self, home: gallery.home, library, originals, decoder, settings, base })
  const app = createApp({
    ...parts,
    ...{ base, proxies, embedders, provider, loginHeader },
    uploads,
    originals,
    rendererDir: join(applicationRoot(), 'out', 'renderer'),
    precompressed: true,
    previewCache: openPreviewCache(gallery.home.path, process.env),
    hosts: hostsOf(options.host, options.allowedHosts),
    // Cookies do not know ports: two servers on one host are told apart, unless they are two of one gallery.
    cookie: `cimaise-${steward ? gallery.id.slice(0, 12) : port}`,
  })
  return { app, uploads }
}

/** Answers what is asked below the base; who looks whether the server is well asks it itself, past any proxy. */
const answerBelow = (base: string, app: Awaited<ReturnType<typeof openApp>>['app']) => {
  const listener = getRequestListener((request, env) => app.fetch(request, env))
  return async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = incoming.url ?? ''
    const below = belowBase(base, url)
    if (below === null && url !== '/healthz') {
      misplaced(outgoing, base, url)
      return
    }
    incoming.url = below ?? url
    return (await app.quick(incoming, outgoing)) || listener(incoming, outgoing)
  }
}

const serve = async (options: ServerOptions) => {
  const parts = await openParts(options)
  const { gallery, library, decoder, sessions, mail } = parts
  const leaving = beginChores(parts)
  const { server, port } = await openPort(options)
  const { app, uploads } = await openApp(parts, options, port)
  const answer = answerBelow(options.base, app)
  server.on('request', (incoming, outgoing) => void answer(incoming, outgoing))
  onSignal(async () => {
    server.close()
    server.closeAllConnections()
    sessions.close()
    uploads.close()
    for (const leave of leaving) leave()
    await library.close()
    await decoder.close()
    await gallery.close()
  })
  mail?.start()
  if (options.watch.length > 0) await library.add(options.watch)
  await takeUploads(library, options)
  const link = isLoopbackName(options.host) && !options.service ? `login?token=${app.link.secret ?? ''}` : ''
  const url = `http://${displayName(options.host)}:${port}${options.base}${link}`
  console.log(`Cimaise is ready: ${url}`)
  if (options.open) await openBrowser(url)
}

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options) await serve(options)
  else console.log(usage)
} catch (error) {
  if (!(error instanceof GalleryError)) throw error
  console.error(error.message)
  if (error.code === 'INVALID') console.error(usage)
  process.exit(error.code === 'INVALID' ? 2 : 1)
}
