import { Hono, type Context } from 'hono'
import { plainAnswer } from '../../router/plain-answer.ts'
import { previewUrl } from '../../shared/domain/preview-address.ts'
import type { AppEnv } from '../request.ts'
import { albumFacts } from './album-facts.ts'
import { linkStateOf } from './link-states.ts'
import { readPage, robots, rootOf, sendPage, wordsOf, type SharingParts } from './sharing-parts.ts'
import { movedPage, withTold } from './told-page.ts'

const linkPath = '/s/:link{[0-9A-Za-z]{8}}'
const wholePath = `${linkPath}/:secret{[\\w-]{22}}`

/** The album of a link whose whole secret is in the address, by the link's own session. */
const albumOf = async (c: Context<AppEnv>, { links }: SharingParts) => {
  const { link = '', secret = '' } = c.req.param() as Record<string, string>
  const session = await links.find(`share~${link}`, secret, c.var.visitor)
  const facts = session && (await albumFacts(session, null))
  return { link, secret, found: session && facts && { session, facts } }
}

/** The addresses of links: what they tell of their albums before any script runs, and the page itself. */
export const linkRoutes = (parts: SharingParts) => {
  const { base, self, images } = parts
  const routes = new Hono<AppEnv>()
  routes.get(`${linkPath}/state`, async (c) =>
    c.json({ state: await linkStateOf(self, `share~${c.req.param('link')}`) }, 200, {
      'cache-control': 'no-store',
    }),
  )
  routes.get(wholePath, async (c) => {
    const { link, secret, found } = await albumOf(c, parts)
    const at = `?share=${link}#${secret}`
    if (!found) return sendPage(c, await movedPage(await readPage(parts), base, at), null)
    const url = `${rootOf(c, base)}s/${link}/${secret}`
    const picture = found.facts.cover && `${url}/picture`
    const told = { ...wordsOf(c, found.facts), url, picture, feed: null, oembed: null }
    return sendPage(c, await movedPage(await withTold(await readPage(parts), told), base, at), found.facts)
  })
  routes.get(`${wholePath}/picture`, async (c) => {
    const { found } = await albumOf(c, parts)
    if (!found?.facts.cover) return plainAnswer(c, 404, { id: 'notFound' })
    const { session, facts } = found
    const path = previewUrl({ album: facts.id, id: facts.cover ?? '', digest: null }, 1280)
    const { status, headers, body } = await images(new Request(new URL(`/${path}`, c.req.url)), {
      session,
      gone: c.var.gone,
    })
    return new Response(body, {
      status,
      headers: { ...Object.fromEntries(headers), ...robots(facts), 'cache-control': 'no-store' },
    })
  })
  // What is left of an address that was cut off: the page says so.
  routes.get('/s/*', async (c) => sendPage(c, await movedPage(await readPage(parts), base, '?share'), null))
  return routes
}
