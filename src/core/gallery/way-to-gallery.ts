import { GalleryError } from '../../shared/errors.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import { passwordDigest } from '../redis/acl/passwords.ts'
import { guestName, ownerName, redisUser, stewardName } from '../redis/acl/redis-users.ts'
import { describeAddress, parseRedisUrl, type RedisAddress } from '../redis/address.ts'
import { galleryKeys, type Keys } from '../redis/keys.ts'
import { useEmbedded } from '../redis/server/embedded.ts'
import { onDisk } from '../redis/server/files.ts'
import { environmentSecret, makeOnce, newKey } from '../redis/server/secrets.ts'
import type { Founder } from './bootstrap.ts'
import type { Home } from './local-settings.ts'

/** Where the gallery is, and how this process logs in. */
export interface Way {
  address: RedisAddress
  where: string
  founder: Founder
  /** Key of the owner of an embedded server, who may be another account than the one that logs in. */
  ownerKey: string | null
  /** The server that this computer runs for the gallery; null where the Redis is another. */
  embedded: { directory: string; supervisorLogin: string } | null
  /** Password of the account that the program has on every node of several servers; null where it is not known here. */
  stewardPassword: string | null
  /** A gallery is made there where there is none yet. */
  mayFound: boolean
  release: () => Promise<void>
}

/** The gallery that the environment names. INVALID where that is no name. */
export const galleryOf = (env: NodeJS.ProcessEnv) => {
  const gallery = env['CIMAISE_GALLERY'] || 'cimaise'
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(gallery)) throw new GalleryError('INVALID', 'badGalleryName')
  return galleryKeys(gallery)
}

/** The account that the environment names; null where it names none. */
const wantedAccount = (env: NodeJS.ProcessEnv): Founder | null => {
  const account = env['CIMAISE_ACCOUNT']
  if (!account) return null
  if (!AccountName.safeParse(account).success) throw new GalleryError('INVALID', 'badAccountSetting')
  return { account, password: environmentSecret(env, 'CIMAISE_PASSWORD') ?? '', key: null }
}

const embeddedWay = async (env: NodeJS.ProcessEnv, home: Home, keys: Keys): Promise<Way> => {
  const wanted = wantedAccount(env)
  const { port, directory, ownerKey, supervisorKey, release } = await useEmbedded(home.path, keys)
  return {
    address: parseRedisUrl(`redis://127.0.0.1:${port}`),
    where: 'on this computer',
    founder: wanted ?? { account: ownerName, password: null, key: ownerKey },
    ownerKey,
    embedded: { directory, supervisorLogin: passwordDigest(supervisorKey) },
    stewardPassword: null,
    mayFound: true,
    release,
  }
}

/** The text of a PEM file that the environment names. */
const pemOf = (env: NodeJS.ProcessEnv, name: string): string | undefined => {
  const file = env[name]
  return file ? (environmentSecret({ [`${name}_FILE`]: file }, name) ?? undefined) : undefined
}

/** What the environment says of TLS, and of the login that Sentinels ask for. */
const securityOf = (env: NodeJS.ProcessEnv): Pick<RedisAddress, 'certificates' | 'sentinelLogin'> => {
  const [ca, cert, key] = ['CIMAISE_REDIS_CA', 'CIMAISE_REDIS_CERT', 'CIMAISE_REDIS_KEY'].map((name) =>
    pemOf(env, name),
  )
  const password = environmentSecret(env, 'CIMAISE_SENTINEL_PASSWORD')
  return {
    certificates: { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) },
    ...(password ? { sentinelLogin: { username: env['CIMAISE_SENTINEL_USER'] || 'default', password } } : {}),
  }
}

const externalWay = (env: NodeJS.ProcessEnv, home: Home, keys: Keys, url: string): Way => {
  const address = { ...parseRedisUrl(url), ...securityOf(env) }
  address.password ??= environmentSecret(env, 'CIMAISE_REDIS_PASSWORD')
  const named = address.username && !['default', redisUser(keys, stewardName)].includes(address.username)
  const inUrl = named ? { account: address.username ?? '', password: null, key: address.password } : null
  const local = () => ({
    account: ownerName,
    password: null,
    key: onDisk(home.path, () => makeOnce(home.path, 'owner.key', newKey())).trim(),
  })
  return {
    address,
    where: describeAddress(address),
    founder: wantedAccount(env) ?? inUrl ?? local(),
    ownerKey: null,
    embedded: null,
    stewardPassword: address.kind === 'single' || named ? null : address.password,
    mayFound: true,
    release: () => Promise.resolve(),
  }
}

/** The way to a gallery that was joined: this process is a guest there until somebody logs in. */
export const wayToJoined = (address: RedisAddress): Way => ({
  address,
  where: describeAddress(address),
  founder: { account: guestName, password: null, key: null },
  ownerKey: null,
  embedded: null,
  stewardPassword: null,
  mayFound: false,
  release: () => Promise.resolve(),
})

/** The way to the gallery that the environment names; the embedded Redis is started where no other is named. */
export const wayTo = async (env: NodeJS.ProcessEnv, home: Home, keys: Keys): Promise<Way> => {
  const url = env['CIMAISE_REDIS_URL']
  return url ? externalWay(env, home, keys, url) : await embeddedWay(env, home, keys)
}
