import { hkdfSync } from 'node:crypto'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import type { Check, StoreNode } from '../../shared/schemas/gallery.ts'
import { establish } from './bootstrap.ts'
import { openHome, type Home } from './local-settings.ts'
import { deriveKey, readGalleryId, writeFoundations } from './credentials.ts'
import { Redis } from 'ioredis'
import { guestName, ownerName, redisUser, stewardLogin, stewardName } from '../redis/acl.ts'
import { isSpread, withCopies } from '../redis/clients.ts'
import { hasFunctions, loadFunctions, noteCaller } from '../redis/call-function.ts'
import { urlWithLogin } from '../redis/address.ts'
import { connect } from '../redis/connect.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { makeOnce, newKey, readSecret } from '../redis/server/secrets.ts'
import { aboutDamage, lastDamage, type Damage } from '../redis/server/damage.ts'
import { onDisk } from '../redis/server/files.ts'
import { aboutNodes } from '../access/nodes/about-nodes.ts'
import { listNodes } from '../access/nodes/list-nodes.ts'
import { Steward } from '../access/nodes/steward.ts'
import { prepareService } from '../access/service-account.ts'
import { connectionName } from '../access/sessions.ts'
import { verifyRights } from '../access/verify-acl.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import { readIdentity, watchSession, type Identity, type Session } from './session.ts'
import { joinedHome, noGalleryAt, type JoinedPlace } from './joined.ts'
import { galleryOf, wayTo, wayToJoined, type Way } from './way-to-gallery.ts'

/** An opened gallery: a Redis that answers, and the way to get callers' connections to it. */
export interface Gallery {
  home: Home
  keys: Keys
  /** Where Redis is, in words, without any secret. */
  where: string
  /** Salts passwords (credentials.ts). */
  id: string
  /** The user of this process: `CIMAISE_ACCOUNT`, or the local owner. The same session at each call. */
  self: () => Promise<Session>
  /** Whether this computer holds the key of the gallery's owner. */
  owned: boolean
  /** Its Redis is the one that this data folder holds. */
  embedded: boolean
  /** The same on a new connection, where that of `self` was closed. */
  selfAgain: () => Promise<Session>
  guest: () => Promise<Session>
  /**
   * Logs in with an account's derived key (credentials.ts). FORBIDDEN for a wrong one. `from`: the address of the user who
   * does, where it is not this computer; `id`: of a session that goes on, begun on another server or before.
   */
  login: (account: string, key: string, from?: string, id?: string) => Promise<Session>
  /**
   * The session of a service account that follows folders on a server: made the first time, by the user of this process, as a
   * member that may make albums. Its key lies in the data folder; on several servers it follows from the password of the program's
   * account, so that each server of a gallery has it.
   */
  service: (account: string) => Promise<Session>
  /**
   * What an administrator's session does for the gallery as long as it is open, once for each: rights and functions are looked at,
   * several servers brought in step. Nothing for sessions of others.
   */
  administer: (session: Session) => Promise<void>
  /** The servers that the gallery lies on. Administrators. */
  nodes: (session: Session) => Promise<StoreNode[]>
  /** What this computer knows of the gallery's server beyond what Redis says, for the list of its checks. */
  notes: () => Promise<Check[]>
  /**
   * A connection of the account that the program has on every node of several servers; null where there is one server, or its
   * password is not known here. The same at each call.
   */
  steward: () => Promise<Connection | null>
  /** The same as a session that may do what administrators may; null where there is none. */
  stewardSession: () => Promise<Session | null>
  /**
   * 32 bytes for one purpose, the same on all servers of a gallery that know the password of the program's account; elsewhere from
   * a key in the data folder.
   */
  secretFor: (purpose: string) => Buffer
  /** What was cut off the embedded server's file after a power cut; null where nothing was. */
  damage: () => Damage | null
  /** A URL with the login of the user of this process, for `redis-cli -u`. */
  redisUrl: () => string
  /** Closes every connection; the embedded Redis stops if this was its last user. */
  close: () => Promise<void>
}

export interface OpenOptions {
  env?: NodeJS.ProcessEnv
  /** Follow what other processes change in the settings. */
  watchSettings?: boolean
  /** What the list of sessions calls this program. */
  shell?: 'desktop' | 'browser' | 'cli'
  /** A gallery that this computer has joined, whatever the environment names. */
  joined?: JoinedPlace
}

/** The key of this data folder that seals what browsers keep. */
const secretFile = 'sessions.key'

/** Makes the gallery with the login of the URL itself, where the guest cannot log in because there is none yet. */
const found = async ({ address, founder, where }: Way, keys: Keys) => {
  const login = { username: address.username ?? 'default', password: address.password ?? '' }
  const redis = await connect(address, login).catch((error: unknown) => {
    if (!hasCode(error, 'FORBIDDEN')) throw error
    throw new GalleryError('FORBIDDEN', 'cannotFound', { gallery: keys.gallery, where }, { cause: error })
  })
  try {
    await onRedis(() => establish(redis, keys, founder))
  } finally {
    redis.disconnect()
  }
}

/** The program itself, which has no account in the gallery. */
const stewardIdentity: Identity = {
  displayName: 'Cimaise',
  administrator: true,
  share: false,
  service: false,
  expires: null,
  ownIdPrefix: null,
}

class OpenGallery implements Gallery {
  readonly home: Home
  readonly keys: Keys
  readonly where: string
  id = ''
  readonly #way: Way
  readonly #connections = new Set<Connection>()
  readonly #administering = new WeakSet<Session>()
  #self: Promise<Session> | undefined
  #guest: Promise<Session> | undefined
  #login = { username: '', password: '' }
  #nodes: Steward | undefined
  #steward: Promise<Connection> | undefined

  readonly #shell: string

  constructor(home: Home, keys: Keys, way: Way, shell: string) {
    this.#shell = shell
    this.home = home
    this.keys = keys
    this.where = way.where
    this.#way = way
  }

  self = () => (this.#self ??= this.#logInSelf())

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
    this.#keepAccountOf(redis)
    return this.#session(redis, account, id)
  }

  service = async (account: string): Promise<Session> => {
    const key = this.#keyOfService(account)
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

  #keyOfService(account: string) {
    if (this.#nodes) return this.secretFor(`service account ${account}`).toString('hex')
    const { path } = this.home
    return onDisk(path, () => makeOnce(path, `${account}.key`, newKey())).trim()
  }

  administer = async (session: Session) => {
    if (!session.identity.administrator || this.#administering.has(session)) return
    this.#administering.add(session)
    await this.#verify(session)
    if (!isSpread(session.redis) || this.#nodes) return
    const password = await onRedis(() => session.redis.hget(this.keys.steward, 'password'))
    if (password) await this.#startSteward(password)
  }

  nodes = (session: Session) => listNodes(session, this.#nodes, this.where)

  notes = async () => [
    ...(this.#way.embedded ? aboutDamage(this.#way.embedded.directory) : []),
    ...(this.#nodes ? await aboutNodes(this.#nodes) : []),
  ]

  steward = async () => {
    const password = this.#nodes?.password
    return password === undefined ? null : (this.#steward ??= this.#connectSteward(password))
  }

  async #connectSteward(password: string) {
    const login = stewardLogin(this.keys, password)
    // A node that nobody has been at yet has to be admitted first: it is waited for.
    const redis = await connect(this.#way.address, login, login)
    this.#keepAccountOf(redis)
    return redis
  }

  damage = () => (this.#way.embedded ? lastDamage(this.#way.embedded.directory) : null)

  stewardSession = async () => {
    const redis = await this.steward()
    return redis && this.#session(redis, stewardName, newName(), stewardIdentity)
  }

  secretFor = (purpose: string) => {
    const { path } = this.home
    const shared = this.#nodes?.password
    if (shared === undefined) onDisk(path, () => makeOnce(path, secretFile, newKey()))
    return Buffer.from(hkdfSync('sha256', shared ?? readSecret(path, secretFile), this.id, purpose, 32))
  }

  redisUrl = () => urlWithLogin(this.#way.address, this.#login.username, this.#login.password)

  close = (): Promise<void> => {
    this.#nodes?.close()
    for (const redis of this.#connections) redis.disconnect()
    this.#way.release()
    return Promise.resolve()
  }

  /** Sees to it that there is a gallery, and learns its id as the guest, who alone needs no secret for that. */
  async prepare() {
    const { ownerKey, stewardPassword } = this.#way
    if (stewardPassword !== null) await this.#prepareNodes(stewardPassword)
    const asGuest = await this.guest().catch(async (error: unknown) => {
      if (!hasCode(error, 'FORBIDDEN')) throw error
      if (!this.#way.mayFound) throw noGalleryAt(this.where, this.keys, error)
      await found(this.#way, this.keys)
      return (this.#guest = this.login(guestName, ''))
    })
    if (ownerKey) await this.#furnish(asGuest, ownerKey)
    this.id = await onRedis(() => readGalleryId(asGuest.redis, this.keys))
  }

  /** Brings several servers in step, and founds the gallery on them where there is none. */
  async #prepareNodes(password: string) {
    await this.#startSteward(password)
    const redis = await this.steward()
    if (!redis) return
    await onRedis(async () => {
      if (!(await redis.exists(this.keys.meta))) await establish(redis, this.keys, this.#way.founder)
      // Of a cluster's primaries each may have one replica alone, without which all would stand still.
      if (this.#way.address.kind === 'sentinel') await redis.hsetnx(this.keys.meta, 'copies', '1')
      // Administrators bring servers in step too.
      await redis.hset(this.keys.steward, 'password', password)
    })
    await this.#nodes?.look()
  }

  async #startSteward(password: string) {
    const { address } = this.#way
    this.#nodes = new Steward({ address, keys: this.keys, password, onTakeover: this.#moveOn })
    await this.#nodes.start()
  }

  /** Connections to a server that takes no more changes begin anew, with the one that does. */
  #moveOn = (serving: ReadonlySet<string>) => {
    for (const redis of [...this.#connections].flatMap(withCopies))
      if (redis instanceof Redis) redis.disconnect(true)
      else
        for (const server of redis.nodes('master'))
          if (!serving.has(`${server.options.host}:${server.options.port}`)) server.disconnect()
  }

  #keepAccountOf(redis: Connection) {
    this.#connections.add(redis)
    redis.once('end', () => this.#connections.delete(redis))
  }

  #guestLogin() {
    return { username: redisUser(this.keys, guestName), password: '' }
  }

  /** The first start of an embedded server: its accounts are there, its gallery is not. */
  async #furnish(asGuest: Session, key: string) {
    if (await onRedis(() => asGuest.redis.exists(this.keys.meta))) return
    const redis = await connect(this.#way.address, {
      username: redisUser(this.keys, ownerName),
      password: key,
    })
    await onRedis(() => writeFoundations(redis, this.keys, { name: ownerName, displayName: 'Owner' }))
    redis.disconnect()
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

  async #session(redis: Connection, account: string, id: string, identity?: Identity): Promise<Session> {
    const begun = {
      redis,
      keys: this.keys,
      account,
      guest: account === guestName,
      host: this.home.host,
      id,
    }
    const watched = watchSession(begun)
    noteCaller(redis, { calls: this.keys.calls(account), meta: this.keys.meta })
    return { ...begun, ...watched, identity: identity ?? (await onRedis(() => readIdentity(begun))) }
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
