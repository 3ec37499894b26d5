import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Gallery } from '../core/gallery/open-gallery.ts'
import type { Session } from '../core/gallery/session.ts'
import { GalleryError } from '../shared/errors.ts'
import { LoginKey } from '../shared/schemas/account.ts'
import { AccountName, ShareName } from '../shared/schemas/ids.ts'
import { message } from './answers.ts'
import { Attempts } from './attempts.ts'
import { KnownAddresses } from './known-addresses.ts'
import { isSecure, type AppEnv } from './request.ts'
import type { Surroundings } from './visitor.ts'
import type { LoginLink, Sessions } from './sessions.ts'

export interface LoginParts extends Surroundings {
  gallery: Gallery
  /** The session of the user who started the server, which the login link leads into. */
  self: Session
  /** Name of the cookie that holds a session's token. */
  cookie: string
  link: LoginLink
  sessions: Sessions
}

const Login = z.object({ account: z.union([AccountName, ShareName]), key: LoginKey })

/** Largest login, in bytes. */
const maxLoginBytes = 4096

const malformed = () => message(400, 'A login has an account and a key.')

/** Login by password or link, and logout. */
export const loginRoutes = ({ gallery, self, cookie, link, sessions, ...surroundings }: LoginParts) => {
  const attempts = new Attempts(new KnownAddresses(gallery.home.path))

  const keepToken = (c: Context<AppEnv>, token: string, maxAge?: number) =>
    setCookie(c, cookie, token, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isSecure(c.req.raw, surroundings),
      ...(maxAge === undefined ? {} : { maxAge }),
    })

  /** Starts a session under a new token, whatever the browser came with, and ends the one that it had. */
  const welcome = (c: Context<AppEnv>, session: Session, own: boolean) => {
    sessions.end(getCookie(c, cookie))
    keepToken(c, sessions.start(session, { own }))
    c.header('cache-control', 'no-store')
  }

  const byLink = (c: Context<AppEnv>) => {
    // Where it was used before, a visitor who is logged in simply stays so.
    if (link.use(c.req.query('token'))) welcome(c, self, false)
    return c.redirect('/', 303)
  }

  const byKey = async (c: Context<AppEnv>, { account, key }: z.infer<typeof Login>) => {
    const { visitor } = c.var
    try {
      const session = await gallery.login(account, key, visitor.address)
      await attempts.succeed(account, visitor)
      // The user of this server keeps one session, whichever way they come in: the library is theirs.
      const isSelf = session.account === self.account
      if (isSelf) session.redis.disconnect()
      welcome(c, isSelf ? self : session, !isSelf)
      return c.body(null, 204)
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      const refused = error.code === 'FORBIDDEN'
      if (!refused) await attempts.takeBack(account, visitor)
      return message(refused ? 403 : 503, refused ? { id: 'noMatch' } : error.text)
    }
  }

  const routes = new Hono<AppEnv>()
  routes.post('/login', bodyLimit({ maxSize: maxLoginBytes, onError: malformed }), async (c, next) => {
    if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) return next()
    const wanted = Login.safeParse(await c.req.json().catch(() => null))
    if (!wanted.success) return malformed()
    const wait = await attempts.begin(wanted.data.account, c.var.visitor)
    if (wait === 0) return byKey(c, wanted.data)
    const seconds = String(wait)
    return message(429, { id: 'tooManyAttempts', blanks: { seconds } }, { 'retry-after': seconds })
  })
  // Hono answers HEAD by what answers GET, which would use the link up.
  routes.get('/login', (c, next) => (c.req.method === 'GET' ? byLink(c) : next()))
  routes.all('/login', () => message(400, 'A login is a small POST of JSON.'))

  /** Ends this session, or with `?everywhere` all that the account has here. */
  routes.post('/logout', async (c) => {
    const token = getCookie(c, cookie)
    const session = c.req.query('everywhere') === undefined ? null : await sessions.find(token)
    if (session) sessions.endAll(session.account)
    sessions.end(token)
    keepToken(c, '', 0)
    return c.body(null, 204)
  })
  return routes
}
