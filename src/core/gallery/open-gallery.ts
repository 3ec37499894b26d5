import { GalleryError, hasCode } from '../../shared/errors.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import { prepareService } from '../access/service-account.ts'
import { connectionName } from '../access/sessions.ts'
import { verifyRights } from '../access/verify-acl.ts'
import { guestName, ownerName, redisUser, stewardName } from '../redis/acl/redis-users.ts'
import { urlWithLogin } from '../redis/address.ts'
import { hasFunctions, loadFunctions } from '../redis/call-function.ts'
import { isSpread } from '../redis/clients.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { aboutDamage, lastDamage } from '../redis/server/damage.ts'
import { deriveKey, readGalleryId } from './credentials.ts'
import { foundByUrl, foundEmbedded } from './found-gallery.ts'
import type { Gallery } from './gallery.ts'
import { secretFor, serviceKey } from './gallery-secrets.ts'
import { GalleryServers } from './gallery-servers.ts'
import { openHome, type Home } from './local-settings.ts'
import { OpenConnections } from './open-connections.ts'
import { joinedHome, noGalleryAt, type JoinedPlace } from './joined.ts'
import { beginSession, type Identity, type Session } from './session.ts'
import { galleryOf, wayTo, wayToJoined, type Way } from './way-to-gallery.ts'

export interface OpenOptions {
  env?: NodeJS.ProcessEnv
  /** Follow what other processes change in the settings. */
  watchSettings?: boolean
  /** What the list of sessions calls this program. */
  shell?: 'desktop' | 'browser' | 'cli'
  /** A gallery that this computer has joined, whatever the environment names. */
  joined?: JoinedPlace
}

/** The program itself, which has no account in the gallery. */
const stewardIdentity: Identity = {
  displayName: 'Cimaise',
  administrator: true,
  share: false,
  service: false,
  tokenOf: null,
  limited: false,
  readsAll: false,
  expires: null,
  ownIdPrefix: null,
}

class OpenGallery implements Gallery {
  readonly home: Home
  readonly keys: Keys
  readonly where: string
  id = ''
  readonly #way: Way
  readonly #shell: string
  readonly #connections = new OpenConnections()
  readonly #servers: GalleryServers
  readonly #administering = new WeakSet<Session>()
  #self: Promise<Session> | undefined
  #guest: Promise<Session> | undefined
  #login = { username: '', password: '' }

  constructor(home: Home, keys: Keys, way: Way, shell: string) {
    this.#shell = shell
    this.home = home
    this.keys = keys
    this.where = way.where
    this.#way = way
    this.#servers = new GalleryServers(way, keys, this.#connections)
  }

  self = () => (this.#self ??= this.#logInSelf())

  get user() {
    return this.#way.founder.account
  }

  get owned() {
    return this.#way.ownerKey !== null || this.#way.founder.account === ownerName
  }

  get embedded() {
    return this.#way.ownerKey !== null
  }

  selfAgain = () => (this.#self = this.#logInSelf())

  guest = () => (this.#guest ??= this.login(guestName, ''))

  login = async (account: string, key: string, from = '', id = newName()): Promise<Session> => {
    const name = connectionName({ shell: this.#shell, host: this.home.host, id, from })
    const login = { username: redisUser(this.keys, account), password: key, name }
    const redis = await connect(this.#way.address, login, this.#guestLogin())
    this.#connections.keep(redis)
    return this.#session(redis, account, id)
  }

  service = async (account: string): Promise<Session> => {
    const key = serviceKey(this.#secretSources(), account)
    const session = await this.login(account, key).catch((error: unknown) => {
      if (hasCode(error, 'FORBIDDEN')) return null
      throw error
    })
    if (session && (await hasFunctions(session.redis))) return session
    session?.redis.disconnect()
    const self = await this.self()
    await prepareService(self, account, key)
    // What may do everything is not kept open for it.
    this.#self = undefined
    self.redis.disconnect()
    return this.login(account, key)
  }

  administer = async (session: Session) => {
    if (!session.identity.administrator || this.#administering.has(session)) return
    this.#administering.add(session)
    await this.#verify(session)
    if (!isSpread(session.redis) || this.#servers.areKept) return
    const password = await onRedis(() => session.redis.hget(this.keys.steward, 'password'))
    if (password) await this.#servers.keep(password)
  }

  nodes = (session: Session) => this.#servers.list(session)

  notes = async () => [
    ...(this.#way.embedded ? aboutDamage(this.#way.embedded.directory) : []),
    ...(await this.#servers.about()),
  ]

  steward = () => this.#servers.connection()

  damage = () => (this.#way.embedded ? lastDamage(this.#way.embedded.directory) : null)

  stewardSession = async () => {
    const redis = await this.steward()
    return redis && this.#session(redis, stewardName, newName(), stewardIdentity)
  }

  secretFor = (purpose: string) => secretFor(this.#secretSources(), purpose)

  redisUrl = () => urlWithLogin(this.#way.address, this.#login.username, this.#login.password)

  close = (): Promise<void> => {
    this.#servers.close()
    this.#connections.close()
    return this.#way.release()
  }

  /** Sees to it that there is a gallery, and learns its id as the guest, who alone needs no secret for that. */
  async prepare() {
    const { ownerKey, stewardPassword } = this.#way
    if (stewardPassword !== null) await this.#servers.found(stewardPassword)
    const { redis } = await this.guest().catch(async (error: unknown) => {
      if (!hasCode(error, 'FORBIDDEN')) throw error
      if (!this.#way.mayFound) throw noGalleryAt(this.where, this.keys, error)
      await foundByUrl(this.#way, this.keys)
      return (this.#guest = this.login(guestName, ''))
    })
    if (ownerKey) await foundEmbedded(this.#way, this.keys, redis, ownerKey)
    this.id = await onRedis(() => readGalleryId(redis, this.keys))
  }

  #secretSources() {
    return { path: this.home.path, galleryId: this.id, shared: this.#servers.password }
  }

  #guestLogin() {
    return { username: redisUser(this.keys, guestName), password: '' }
  }

  async #logInSelf() {
    const { account, password, key } = this.#way.founder
    if (account === guestName) {
      // The guest has no password, so that any is right; a URL without one would name the default user.
      this.#login = { username: redisUser(this.keys, guestName), password: guestName }
      return this.guest()
    }
    const derived = key ?? (await deriveKey(this.id, account, password ?? ''))
    this.#login = { username: redisUser(this.keys, account), password: derived }
    const session = await this.login(account, derived)
    await this.administer(session)
    return session
  }

  /** A Redis that takes no changes now is read all the same: rights and functions are looked at again with the next opening. */
  async #verify({ redis, account }: Session) {
    const supervisorLogin = this.#way.embedded?.supervisorLogin ?? null
    await onRedis(async () => {
      await verifyRights(redis, this.keys, { account, supervisorLogin })
      await loadFunctions(redis)
    }).catch((error: unknown) => {
      if (!hasCode(error, 'UNAVAILABLE')) throw error
    })
  }

  #session(redis: Connection, account: string, id: string, identity?: Identity): Promise<Session> {
    return beginSession({ redis, keys: this.keys, account, host: this.home.host, id }, identity)
  }
}

/**
 * Opens the gallery that the environment names (README.md, "Settings"), starting the embedded Redis where no other is
 * named, and making the gallery where there is none yet. Throws a GalleryError that says what to do.
 */
export const openGallery = async ({
  env = process.env,
  watchSettings = false,
  shell = 'cli',
  joined,
}: OpenOptions = {}): Promise<Gallery> => {
  const keys = galleryOf(env)
  const home = openHome(joined ? { ...env, CIMAISE_HOME: joinedHome(env, joined.id) } : env, {
    watch: watchSettings,
  })
  const way = joined ? wayToJoined(joined.address) : await wayTo(env, home, keys)
  const gallery = new OpenGallery(home, keys, way, shell)
  try {
    await gallery.prepare()
    if (joined && gallery.id !== joined.id)
      throw new GalleryError('CONFLICT', 'joinOtherGallery', { address: way.where })
    return gallery
  } catch (error) {
    await gallery.close()
    throw error
  }
}
