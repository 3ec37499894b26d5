import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { GalleryError, hasCode } from '../shared/errors.ts'
import { LoginKey } from '../shared/schemas/account.ts'
import { TypedCode } from '../shared/schemas/own-ways.ts'
import { AccountName, ShareName } from '../shared/schemas/ids.ts'
import { logBug } from '../router/bugs.ts'
import { plainAnswer } from '../router/plain-answer.ts'
import { message } from './answers.ts'
import type { Attempts } from './attempts.ts'
import type { LoginLink } from './login-link.ts'
import type { ProviderLogin } from './provider/routes.ts'
import type { AppEnv } from './request.ts'
import type { SessionCookie } from './sessions/session-cookie.ts'
import type { RequiredFactor } from './ways/required-factor.ts'
import type { OwnLogins } from './ways/own-ways-desk.ts'
import { partyOf } from './ways/party.ts'
import { passkeyRoutes } from './ways/passkey-routes.ts'
import type { Sessions } from './sessions/sessions.ts'

export interface LoginParts {
  attempts: Attempts
  base: string
  /** A link was opened. */
  visited: (link: string) => Promise<unknown>
  cookie: SessionCookie
  link: LoginLink
  sessions: Sessions
  /** Gives the browser the token of its new session, whatever it came with. */
  welcome: (c: Context<AppEnv>, token: string) => Promise<void>
  /** Null where accounts log in by no provider. */
  provider: ProviderLogin | null
  ownLogins: OwnLogins
  requiredFactor: RequiredFactor
}

const Login = z.object({
  account: z.union([AccountName, ShareName]),
  key: LoginKey,
  code: TypedCode.optional(),
})

type Login = z.infer<typeof Login>

/** Largest login, in bytes. */
const maxLoginBytes = 4096

/** The status of what is refused besides a wrong password. */
const statusOfRefusal: Partial<Record<string, number>> = {
  codeNeeded: 401,
  codeWrong: 403,
  codeTooMany: 429,
  codesUnreadable: 409,
  passkeyInstead: 403,
}

/** What a refused login says. Why another one did not come about is nobody's business. */
const refusal = ({ code, text }: GalleryError) => {
  if (code === 'UNAVAILABLE') return message(503, text)
  const status = statusOfRefusal[text.id]
  return status === undefined ? message(403, { id: 'noMatch' }) : message(status, text)
}

const isOfPasskey = (error: unknown) => error instanceof GalleryError && error.text.id === 'passkeyInstead'

const malformed = () => message(400, 'A login has an account and a key.')

/** Login by password or link, and logout. */
export const loginRoutes = ({
  attempts,
  base,
  cookie,
  link,
  sessions,
  visited,
  welcome,
  provider,
  ownLogins,
  requiredFactor,
}: LoginParts) => {
  const byLink = async (c: Context<AppEnv>) => {
    // Where it was used before, a visitor who is logged in simply stays so.
    if (link.use(c.req.query('token'))) await welcome(c, sessions.startSelf())
    else if (!(await sessions.find(cookie.read(c), c.var.visitor.address)))
      return plainAnswer(c, 410, { id: 'loginLinkUsed' })
    return c.redirect(base, 303)
  }

  /** By a password alone, where that does. */
  const byPassword = async (account: string, key: string, address: string) => {
    const token = await sessions.start(account, key, address)
    try {
      const session = await sessions.find(token)
      if (session) await requiredFactor.checkPassword(session)
      return token
    } catch (error) {
      await sessions.end(token)
      throw error
    }
  }

  /** By the account's own key; Redis does not take that of an account that is asked for a code. */
  const start = async ({ account, key, code }: Login, address: string) => {
    try {
      return await byPassword(account, key, address)
    } catch (error) {
      if (!hasCode(error, 'FORBIDDEN') || isOfPasskey(error) || !AccountName.safeParse(account).success)
        throw error
      return sessions.start(account, await ownLogins.codes.enter(account, key, code), address)
    }
  }

  const byKey = async (c: Context<AppEnv>, wanted: Login) => {
    const [{ visitor }, { account }] = [c.var, wanted]
    try {
      const token = await start(wanted, visitor.address)
      await attempts.succeed(account, visitor)
      await welcome(c, token)
      if (ShareName.safeParse(account).success) await visited(account).catch(logBug)
      return c.body(null, 204)
    } catch (error) {
      if (!(error instanceof GalleryError)) throw error
      // A right password that wants a code was no guess; the code may be one.
      if (error.code === 'UNAVAILABLE' || error.text.id === 'codeNeeded' || isOfPasskey(error))
        await attempts.takeBack(account, visitor)
      return refusal(error)
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
  /** What the login dialog offers besides a name and a password. */
  routes.get('/login/ways', (c) => {
    const passkeys = partyOf(c.var.visitor.host) !== null
    return c.json({ provider: provider?.button ?? null, passkeys }, 200, { 'cache-control': 'no-store' })
  })
  routes.route('/', passkeyRoutes({ sessions, welcome, passkeys: ownLogins.passkeys }))
  if (provider) routes.route('/', provider.routes())
  // Hono answers HEAD by what answers GET, which would use the link up.
  routes.get('/login', (c, next) => (c.req.method === 'GET' ? byLink(c) : next()))
  routes.all('/login', () => message(400, 'A login is a small POST of JSON.'))

  /** Ends this session, or with `?everywhere` all that browsers have of the account. */
  routes.post('/logout', async (c) => {
    const token = cookie.read(c)
    const vouch = sessions.vouchOf(token)
    const session = c.req.query('everywhere') === undefined ? null : await sessions.find(token)
    if (session) await sessions.endAll(session)
    await sessions.end(token)
    cookie.remove(c)
    const next = vouch && provider ? await provider.farewell(vouch.idToken) : null
    return next === null ? c.body(null, 204) : c.json({ next }, 200, { 'cache-control': 'no-store' })
  })
  return routes
}
