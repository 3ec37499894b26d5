import { Hono } from 'hono'
import { html } from 'hono/html'
import { plainAnswer } from '../../router/plain-answer.ts'
import { parseAlbum } from '../../shared/domain/album-address.ts'
import { previewUrl } from '../../shared/domain/preview-address.ts'
import type { AppEnv } from '../request.ts'
import { albumFacts, type AlbumFacts } from './album-facts.ts'
import { albumFeed } from './feed.ts'
import { readPage, robots, rootOf, sendPage, wordsOf, type SharingParts } from './sharing-parts.ts'
import { withTold } from './told-page.ts'

/** What no search engine need ask for. The page and the pictures say themselves whether they may be found. */
const unfound = ['rpc/', 'login', 'original/', 'tile/', 'zip']

/** What another page shows of an album in its own. @see https://oembed.com */
const oembed = async ({ id, title }: AlbumFacts, root: string, embeds: boolean) => {
  const [width, height] = [640, 480]
  const frame = html`<iframe
    src="${root}?album=${id}"
    width="${width}"
    height="${height}"
    title="${title}"
  ></iframe>`
  return {
    version: '1.0',
    provider_name: 'Cimaise',
    provider_url: root,
    title,
    ...(embeds ? { type: 'rich', width, height, html: String(await frame) } : { type: 'link' }),
  }
}

/** What is told of public albums to programs that run no scripts, by a guest's session whoever asks. */
export const publicRoutes = (parts: SharingParts) => {
  const { gallery, base, embedders } = parts
  const find = async (named: string) => {
    const album = parseAlbum(named)
    const guest = album === null ? null : await gallery.guest()
    const facts = guest && (await albumFacts(guest, album))
    return guest && facts && { guest, facts }
  }
  const routes = new Hono<AppEnv>()
  routes.get('/', async (c, next) => {
    const found = await find(c.req.query('album') ?? '')
    if (!found) return next()
    const { facts } = found
    const root = rootOf(c, base)
    const url = `${root}?album=${facts.id}`
    const told = {
      ...wordsOf(c, facts),
      url,
      picture: facts.cover && root + previewUrl({ album: facts.id, id: facts.cover, digest: null }, 1280),
      feed: `${root}feed/${facts.id}`,
      oembed: `${root}oembed?url=${encodeURIComponent(url)}`,
    }
    return sendPage(c, await withTold(await readPage(parts), told), facts)
  })
  routes.get('/feed/:album', async (c) => {
    const found = await find(c.req.param('album'))
    if (!found) return plainAnswer(c, 404, { id: 'notFound' })
    return c.body(await albumFeed(found.guest, found.facts, rootOf(c, base)), 200, {
      'content-type': 'application/atom+xml; charset=utf-8',
      'cache-control': 'no-cache',
      ...robots(found.facts),
    })
  })
  routes.get('/oembed', async (c) => {
    const asked = URL.parse(c.req.query('url') ?? '')
    const found = await find(asked?.searchParams.get('album') ?? '')
    if (!found) return plainAnswer(c, 404, { id: 'notFound' })
    return c.json(await oembed(found.facts, rootOf(c, base), embedders.length > 0))
  })
  routes.get('/robots.txt', (c) =>
    c.text(`User-agent: *\n${unfound.map((path) => `Disallow: ${base}${path}\n`).join('')}`),
  )
  return routes
}
