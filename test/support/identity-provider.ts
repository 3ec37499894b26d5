import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose'
import Provider from 'oidc-provider'
import { atEnd } from './shared.ts'

/** Somebody whom the provider knows, by the claims besides `sub`. */
type Known = Record<string, unknown>

export interface IdentityProvider {
  issuer: string
  /** Who there is, by subject. One that is taken out is known no more, from then on. */
  people: Map<string, Known>
  /** Who logs in next. */
  next: { subject: string }
  /** While it is out of order it answers nothing of use. */
  outOfOrder: { now: boolean }
  /** Changes what ID tokens say, which are signed anew. */
  forge: { claims: ((claims: JWTPayload) => JWTPayload) | null }
  /** The settings of a server that logs in here. */
  env: NodeJS.ProcessEnv
}

const clientId = 'gallery'
const clientSecret = 'a secret of the gallery and the provider'

/** A provider of OpenID Connect on this computer, for a gallery at an origin. Whoever comes is logged in as `next` without a word. */
export const startIdentityProvider = async (gallery: string): Promise<IdentityProvider> => {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const people: IdentityProvider['people'] = new Map()
  const next = { subject: '' }
  const forge: IdentityProvider['forge'] = { claims: null }
  const outOfOrder = { now: false }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${gallery}/login/oidc/callback`],
        post_logout_redirect_uris: [`${gallery}/`],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: ['of these tests'] },
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'groups'],
      email: ['email', 'email_verified'],
    },
    features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    findAccount: (_: unknown, accountId: string) => {
      const known = people.get(accountId)
      return known && { accountId, claims: () => ({ ...known, sub: accountId }) }
    },
    loadExistingGrant: async ({
      oidc: { session, client },
    }: {
      oidc: { session: { accountId: string }; client: { clientId: string } }
    }) => {
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  provider.use(async (context, done) => {
    await done()
    const token = context.path === '/token' ? context.body?.id_token : undefined
    if (!forge.claims || !token || !context.body) return
    context.body.id_token = await new SignJWT(forge.claims(decodeJwt(token)))
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(privateKey)
  })
  const answer = provider.callback()
  http.on('request', (request, response) => {
    if (outOfOrder.now) return void response.writeHead(503).end()
    const comes = request.url?.startsWith('/interaction/')
    const result = { login: { accountId: next.subject } }
    return void (comes ? provider.interactionFinished(request, response, result) : answer(request, response))
  })
  atEnd(async () => {
    http.closeAllConnections()
    http.close()
    await once(http, 'close')
  })
  const env = {
    CIMAISE_OIDC_ISSUER: issuer,
    CIMAISE_OIDC_CLIENT_ID: clientId,
    CIMAISE_OIDC_CLIENT_SECRET: clientSecret,
    CIMAISE_PUBLIC_URL: gallery,
    CIMAISE_PORT: new URL(gallery).port,
  }
  return { issuer, people, next, outOfOrder, forge, env }
}

/** A browser as far as logins need one: it keeps cookies, and is led from one address to the next. */
export class Traveller {
  readonly #cookies = new Map<string, Map<string, string>>()

  cookiesOf(url: string) {
    return [...(this.#cookies.get(new URL(url).origin) ?? [])].map((pair) => pair.join('=')).join('; ')
  }

  async get(url: string): Promise<Response> {
    const response = await fetch(url, { headers: { cookie: this.cookiesOf(url) }, redirect: 'manual' })
    const { origin } = new URL(url)
    const kept = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, kept)
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';', 1)[0]?.split(/=(.*)/s) ?? []
      if (value === '') kept.delete(name)
      else kept.set(name, value)
    }
    return response
  }

  /** Goes where it is led, until that is an address of which `isThere` says so, which it does not go to any more. */
  async follow(url: string, isThere: (url: string) => boolean): Promise<string> {
    let at = url
    for (let steps = 0; steps < 20; steps++) {
      const response = await this.get(at)
      const to = response.headers.get('location')
      if (to === null) throw new Error(`${at} answers ${response.status}: ${await response.text()}`)
      at = new URL(to, at).href
      if (isThere(at)) return at
    }
    throw new Error(`no end of the way from ${url}`)
  }
}
