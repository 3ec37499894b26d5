import { join } from 'node:path'
import { net, protocol } from 'electron'
import { applicationRoot } from '../core/gallery/app-paths.ts'
import type { Gallery } from '../core/gallery/gallery.ts'
import { openPreviewCache } from '../core/previews/open-preview-cache.ts'
import { readTileServer } from '../core/gallery/tile-server.ts'
import { createWeb } from '../router/assets.ts'
import { tileOrigin } from '../shared/domain/tile-server.ts'
import { developmentUrl, isOurScheme, isPage, scheme } from './address.ts'
import type { DesktopSession } from './desktop-session.ts'
import { allowImagesOf } from './guard.ts'

/** Makes our scheme as good as https: a secure context with an origin. Must come before Electron is ready. */
export const registerScheme = () => {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

/** Serves the page and the images to the window, as the account that is in it. */
export const serveScheme = (desktopSession: DesktopSession) => {
  const openWeb = (gallery: Gallery) =>
    createWeb({
      get originals() {
        return desktopSession.originals
      },
      rendererDir: join(applicationRoot(), 'out', 'renderer'),
      precompressed: false,
      decoder: desktopSession.decoder,
      previewCache: openPreviewCache(gallery.home.path, process.env),
    })
  // Another gallery, which was restored in its place, has other albums and originals.
  const made = new WeakMap<Gallery, ReturnType<typeof createWeb>>()
  const answer = async (request: Request) => {
    const { gallery, session } = desktopSession
    const web = made.get(gallery) ?? openWeb(gallery)
    made.set(gallery, web)
    if (isPage(request.url)) allowImagesOf(tileOrigin(await readTileServer(session).catch(() => null)))
    return web.fetch(request, { session })
  }
  protocol.handle(scheme, (request) =>
    isOurScheme(request.url) ? answer(request) : new Response('Not found.', { status: 404 }),
  )
  if (developmentUrl) lendImages(developmentUrl, answer)
}

/** In development the page comes from Vite's server, and looks for the images there too. */
const lendImages = (server: string, answer: (request: Request) => Promise<Response>) => {
  const isImage = (url: string) =>
    url.startsWith(server) && /^\/(?:thumb|preview|tile|original)\//.test(new URL(url).pathname)
  protocol.handle('http', (request) =>
    isImage(request.url) ? answer(request) : net.fetch(request, { bypassCustomProtocolHandlers: true }),
  )
}
