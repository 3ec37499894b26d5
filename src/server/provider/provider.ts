import * as oidc from 'openid-client'
import { z } from 'zod'
import { GalleryError } from '../../shared/errors.ts'
import type { ProviderSettings } from './settings.ts'

/** How long the provider may take to answer, in seconds. */
const timeoutSeconds = 10
/** Groups that are read of one person. */
const maxGroups = 1000

/** Who came from the provider, in its words: of these, only issuer and subject say who it is. */
export interface Person {
  issuer: string
  subject: string
  /** A name for an account that the provider proposes. */
  userName: string
  displayName: string
  /** Empty where the provider has not verified it. */
  email: string
  groups: string[]
}

/** What the provider gave for a login. */
export interface Entrance {
  person: Person
  /** Null where the provider gives none: it cannot be asked again. */
  refreshToken: string | null
  idToken: string | undefined
}

/** What a browser keeps between the way to the provider and the way back, sealed. */
export const Passage = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** In milliseconds since 1970, by this server's clock. */
  begun: z.int(),
})

export type Passage = z.infer<typeof Passage>

const words = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\p{C}/gu, '').trim().slice(0, max))
    .catch('')

/** The claims as far as they are of use. All of them are what somebody else says. */
const Claims = z.object({
  sub: z.string().min(1).max(255),
  preferred_username: words(64),
  name: words(100),
  email: words(254),
  email_verified: z.boolean().catch(false),
})

const Groups = z.array(z.string().max(200)).max(maxGroups).catch([])

/** The provider of OpenID Connect that accounts log in by. */
export class Provider {
  readonly #settings: ProviderSettings
  #found: Promise<oidc.Configuration> | null = null

  constructor(settings: ProviderSettings) {
    this.#settings = settings
  }

  /** Where the provider sends browsers back to. */
  get callback(): string {
    return belowPublic(this.#settings, 'login/oidc/callback')
  }

  /** Where a browser goes to log in, and what it has to keep meanwhile. */
  async begin(): Promise<{ url: string; passage: Passage }> {
    const config = await this.#config()
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: this.callback,
      scope: this.#settings.scopes,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return { url: url.href, passage: { state, nonce, verifier, begun: Date.now() } }
  }

  /** Who comes back. FORBIDDEN where what the provider says does not belong to this passage, or is not from it. */
  finish(query: string, { state, nonce, verifier }: Passage): Promise<Entrance> {
    return this.#ask(async (config) => {
      const tokens = await oidc.authorizationCodeGrant(config, new URL(`?${query}`, this.callback), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      })
      return this.#entrance(config, tokens, tokens.claims())
    })
  }

  /** The same person again, or FORBIDDEN where the provider knows them no more. UNAVAILABLE where it does not answer. */
  again({ person, refreshToken }: Entrance): Promise<Entrance> {
    return this.#ask(async (config) => {
      const tokens = await oidc.refreshTokenGrant(config, refreshToken ?? '')
      const next = await this.#entrance(config, tokens, tokens.claims() ?? { sub: person.subject })
      if (next.person.subject !== person.subject) throw new GalleryError('FORBIDDEN', 'providerRefused')
      return { ...next, refreshToken: next.refreshToken ?? refreshToken }
    })
  }

  /** Where a browser goes to log out at the provider too; null where it has no such place. */
  async farewell({ idToken }: Pick<Entrance, 'idToken'>): Promise<string | null> {
    const config = await this.#config().catch(() => null)
    if (!config?.serverMetadata().end_session_endpoint) return null
    return oidc.buildEndSessionUrl(config, {
      post_logout_redirect_uri: belowPublic(this.#settings, ''),
      ...(idToken ? { id_token_hint: idToken } : {}),
    }).href
  }

  async #entrance(
    config: oidc.Configuration,
    tokens: oidc.TokenEndpointResponse,
    fromToken: Record<string, unknown> | undefined,
  ): Promise<Entrance> {
    const { groupsClaim } = this.#settings
    const subject = Claims.shape.sub.parse(fromToken?.['sub'])
    const { userinfo_endpoint: more, issuer } = config.serverMetadata()
    const fromInfo = more ? await oidc.fetchUserInfo(config, tokens.access_token, subject) : {}
    const said: Record<string, unknown> = { ...fromToken, ...fromInfo }
    const claims = Claims.parse(said)
    const person = {
      issuer,
      subject,
      userName: claims.preferred_username,
      displayName: claims.name,
      email: claims.email_verified ? claims.email : '',
      groups: Groups.parse(said[groupsClaim]),
    }
    return { person, refreshToken: tokens.refresh_token ?? null, idToken: tokens.id_token }
  }

  async #ask<T>(work: (config: oidc.Configuration) => Promise<T>): Promise<T> {
    const config = await this.#config()
    try {
      return await work(config)
    } catch (error) {
      throw isAway(error)
        ? new GalleryError('UNAVAILABLE', 'providerAway', {}, { cause: error })
        : new GalleryError('FORBIDDEN', 'providerRefused', {}, { cause: error })
    }
  }

  /** Read when it is first needed, as the provider may start after this server. */
  async #config(): Promise<oidc.Configuration> {
    this.#found ??= this.#discover()
    try {
      return await this.#found
    } catch (cause) {
      this.#found = null
      throw new GalleryError('UNAVAILABLE', 'providerAway', {}, { cause })
    }
  }

  #discover() {
    const { issuer, clientId, clientSecret } = this.#settings
    // Only the provider's own computer is spoken to without TLS (settings.ts).
    // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out, not to go away
    const execute = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
    const authentication = clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
    return oidc.discovery(issuer, clientId, {}, authentication, { execute, timeout: timeoutSeconds })
  }
}

/** An address below the one that browsers find this server at. */
const belowPublic = ({ publicUrl }: ProviderSettings, path: string) =>
  new URL(path, publicUrl.href.replace(/\/?$/, '/')).href

/** Whether nothing was heard of the provider, or only that it is out of order. */
const isAway = (error: unknown): boolean => {
  if (error instanceof oidc.ResponseBodyError) return error.status >= 500
  if (error instanceof oidc.ClientError) {
    const { code, cause } = error
    return (
      code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT' || (cause instanceof Response && cause.status >= 500)
    )
  }
  return error instanceof TypeError
}
