import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Gallery } from '../../core/gallery/gallery.ts'
import { logBug } from '../../router/bugs.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Administration } from '../administration.ts'
import type { AppEnv } from '../request.ts'
import { Seal } from '../sessions/seal.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { admitPerson } from './people.ts'
import { Passage, Provider, type Entrance } from './provider.ts'
import type { ProviderSettings } from './settings.ts'
import { Vouching } from './vouching.ts'

/** How long somebody may take at the provider, in milliseconds. */
const passageMs = 10 * 60_000

export interface ProviderParts {
  gallery: Pick<Gallery, 'secretFor'>
  settings: ProviderSettings
  administration: Administration
  sessions: Sessions
  /** Name of the cookie that holds what a browser keeps on its way. */
  cookie: string
  /** Gives the browser the token of its new session. */
  welcome: (c: Context<AppEnv>, token: string) => Promise<void>
}

/** Logins by a provider of OpenID Connect. What goes wrong is told by the page, which is opened with it. */
export class ProviderLogin {
  readonly #parts: ProviderParts
  readonly #provider: Provider
  readonly #seal: Seal<Passage>
  readonly #secret: Buffer

  constructor(parts: ProviderParts) {
    this.#parts = parts
    this.#provider = new Provider(parts.settings)
    this.#seal = new Seal(parts.gallery.secretFor('passages to the provider'), Passage)
    this.#secret = parts.gallery.secretFor('kept redis logins')
  }

  /** What the login dialog says of it. */
  get button() {
    return { text: this.#parts.settings.button }
  }

  /** Where a browser goes on to after its session has ended here; null: it stays. */
  farewell(idToken: string | undefined): Promise<string | null> {
    return this.#provider.farewell({ idToken })
  }

  routes() {
    const routes = new Hono<AppEnv>()
    routes.get('/login/oidc', (c) => this.#told(c, () => this.#begin(c)))
    routes.get('/login/oidc/callback', (c) => this.#told(c, () => this.#finish(c)))
    return routes
  }

  async #begin(c: Context<AppEnv>) {
    const { url, passage } = await this.#provider.begin()
    // Lax, as the browser comes back from another site.
    setCookie(c, this.#parts.cookie, await this.#seal.seal(passage), {
      ...{ httpOnly: true, sameSite: 'Lax', secure: this.#isSecure(c), maxAge: passageMs / 1000 },
    })
    return c.redirect(url, 303)
  }

  async #finish(c: Context<AppEnv>) {
    const passage = await this.#seal.open(getCookie(c, this.#parts.cookie) ?? '')
    // It leads through once.
    deleteCookie(c, this.#parts.cookie)
    if (!passage || Date.now() - passage.begun > passageMs)
      throw new GalleryError('FORBIDDEN', 'providerLate')
    const entrance = await this.#provider.finish(new URL(c.req.url).search.slice(1), passage)
    const { account, key } = await this.#admit(entrance)
    const token = await this.#parts.sessions.start(account, key, c.var.visitor.address, {
      vouch: this.#vouching(account, entrance),
    })
    await this.#parts.welcome(c, token)
    return c.redirect(this.#parts.settings.publicUrl.pathname, 303)
  }

  #admit({ person }: Pick<Entrance, 'person'>) {
    const { administration, settings } = this.#parts
    return admitPerson(administration, settings, person, this.#secret)
  }

  #vouching(account: string, entrance: Entrance) {
    const { recheckMs, sessionMs } = this.#parts.settings
    const parts = {
      again: (former: Entrance) => this.#provider.again(former),
      admit: (person: Entrance['person']) => this.#admit({ person }),
      recheckMs,
      sessionMs,
    }
    return new Vouching(parts, account, entrance)
  }

  async #told(c: Context<AppEnv>, work: () => Promise<Response>): Promise<Response> {
    c.header('cache-control', 'no-store')
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof GalleryError)) logBug(error)
      else if (error.cause instanceof Error) console.error(`Login by the provider: ${error.cause.message}`)
      const why = error instanceof GalleryError ? error.text.id : 'internalError'
      return c.redirect(`${this.#parts.settings.publicUrl.pathname}?login=${why}`, 303)
    }
  }

  #isSecure(c: Context<AppEnv>) {
    return this.#parts.settings.publicUrl.protocol === 'https:' || c.var.visitor.secure
  }
}
