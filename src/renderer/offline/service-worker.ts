/**
 * Keeps the page and the thumbnails that were seen for when there is no connection. While there is one, only the page's own files
 * come from here: rights are asked of the server for every picture and every answer, and no answer of it is kept.
 */
import {
  forgetThumbs,
  isAsset,
  isThumb,
  pagePath as page,
  shellCache,
  thumbCacheOf,
  type Told,
} from './kept.ts'

/** Each is about 15 kB. The oldest go. */
const maxThumbs = 2000
/** Files of the page, of a few versions. */
const maxAssets = 120
/** An answer of the server that is slower than this is none, where the page is kept, in milliseconds. */
const patienceMs = 8000

interface WorkerEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}
interface FetchEvent extends WorkerEvent {
  request: Request
  respondWith: (answer: Promise<Response>) => void
}
interface Worker {
  addEventListener: (type: string, listener: (event: never) => void) => void
  skipWaiting: () => Promise<void>
  clients: { claim: () => Promise<void> }
}

const worker = globalThis as unknown as Worker
const bound = async (cache: Cache, most: number) => {
  const keys = await cache.keys()
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(key)
}

/** The page as it is now, with the files that it loads by itself. */
const keepPage = async () => {
  const cache = await caches.open(shellCache)
  const answer = await fetch(page, { cache: 'no-cache' })
  if (!answer.ok) return
  await cache.put(page, answer.clone())
  const named = (await answer.text()).matchAll(/(?:src|href)="(?:\.\/)?([^"]+)"/g)
  await keepAll(
    cache,
    [...named].flatMap(([, path]) => (path && isAsset(page + path) ? [page + path] : [])),
  )
}

/** What the browser has loaded comes from its own cache here, not over the network again. */
const keepAll = async (cache: Cache, paths: string[]) => {
  for (const path of paths) {
    if (await cache.match(path)) continue
    const answer = await fetch(path, { cache: 'force-cache' })
    const lasts = answer.headers.get('cache-control')?.includes('immutable') === true
    if (answer.status === 200 && lasts) await cache.put(path, answer)
  }
}

const openPage = async (request: Request): Promise<Response> => {
  const cache = await caches.open(shellCache)
  const kept = await cache.match(page)
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(patienceMs) } : {})
    if (answer.ok) await cache.put(page, answer.clone())
    return answer
  } catch (error) {
    if (kept) return kept
    throw error
  }
}

const openAsset = async (request: Request): Promise<Response> =>
  (await (await caches.open(shellCache)).match(request)) ?? fetch(request)

/** Only thumbnails of whoever is here are there: those of others were forgotten when this one came. */
const openThumb = async (path: string): Promise<Response> => (await caches.match(path)) ?? Response.error()

const hear = async (told: Told) => {
  await forgetThumbs(told.who)
  if (told.kind === 'who') return
  const [shell, thumbs] = [await caches.open(shellCache), await caches.open(thumbCacheOf(told.who))]
  await keepAll(shell, told.paths.filter(isAsset))
  await keepAll(thumbs, told.paths.filter(isThumb))
  await bound(shell, maxAssets)
  await bound(thumbs, maxThumbs)
}

worker.addEventListener('install', (event: WorkerEvent) => {
  event.waitUntil(Promise.all([worker.skipWaiting(), keepPage()]))
})
worker.addEventListener('activate', (event: WorkerEvent) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event: WorkerEvent & { data: Told }) => event.waitUntil(hear(event.data)))
worker.addEventListener('fetch', (event: FetchEvent) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') {
    // Other addresses, as that of a login link, are no pages.
    if (pathname === page) event.respondWith(openPage(request))
  } else if (isAsset(pathname)) event.respondWith(openAsset(request))
  else if (isThumb(pathname) && !navigator.onLine) event.respondWith(openThumb(pathname))
})
