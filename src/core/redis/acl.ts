import { createHash } from 'node:crypto'
import type { Keys } from './keys.ts'

export type Right = 'read' | 'modify'

/** Everything that decides what an account may do. */
export interface Rights {
  name: string
  /** A share link is an account of its own that reads one album. */
  role: 'administrator' | 'member' | 'guest' | 'share'
  /** Cannot log in, and may do nothing where it still is. */
  disabled: boolean
  /** Its own and those of its groups; the highest wins. */
  grants: ReadonlyMap<string, Right>
  publicAlbums: readonly string[]
  /** What the ids of its own albums begin with; null where it may make none. */
  stem: string | null
}

/** The account of those who have not logged in: a Redis user without password. */
export const guestName = 'guest'

const plain = { disabled: false, grants: new Map<string, Right>(), publicAlbums: [], stem: null }

export const administrator = (name: string): Rights => ({ ...plain, name, role: 'administrator' })

export const guest = (publicAlbums: readonly string[]): Rights => ({
  ...plain,
  name: guestName,
  role: 'guest',
  publicAlbums,
})

/*
 * Commands are listed one by one, never by category: categories hold SCAN, KEYS and RANDOMKEY, which tell key names of
 * any album whatever the key patterns say.
 */
const reading = [
  'ping',
  'get',
  'exists',
  'hget',
  'hmget',
  'hgetall',
  'hlen',
  'hexists',
  'hscan',
  'smembers',
  'sismember',
  'scard',
  'zrange',
  'zcard',
  'zscore',
  'zmscore',
  'zrank',
  'zrevrank',
  'xrange',
  'xrevrange',
  'xread',
  'eval_ro',
  'evalsha_ro',
  'acl|whoami',
  'client|setname',
  'cluster|slots',
]
const writing = [
  'hset',
  'hsetnx',
  'hdel',
  'sadd',
  'srem',
  'zadd',
  'zrem',
  'zincrby',
  'del',
  'rename',
  'xadd',
  'xtrim',
  'eval',
  'evalsha',
  'multi',
  'exec',
  'discard',
]
const administering = [
  'dump',
  'restore',
  'pttl',
  'function|list',
  'client|id',
  'client|pause',
  'client|unpause',
  'set',
  'unlink',
  'hkeys',
  'hincrby',
  'sunion',
  'xlen',
  'xdel',
  'time',
  'ttl',
  'expire',
  'type',
  'zrandmember',
  'scan',
  'dbsize',
  'memory|usage',
  'info',
  'config|get',
  'config|set',
  'acl|setuser',
  'acl|deluser',
  'acl|getuser',
  'acl|list',
  'acl|users',
  'acl|save',
  'acl|dryrun',
  'client|list',
  'client|kill',
  'client|unblock',
]

const allow = (commands: string[]) => commands.map((command) => `+${command}`)

/** Name of an account's Redis user. Redis knows one set of users, so those of a second gallery carry its name. */
export const redisUser = (keys: Keys, account: string) =>
  keys.gallery === 'cimaise' ? account : `${keys.gallery}:${account}`

const albumRules = (keys: Keys, { grants, publicAlbums }: Rights) => {
  const modified = [...grants].filter(([, right]) => right === 'modify').map(([album]) => album)
  const read = new Set([...publicAlbums, ...[...grants.keys()]])
  for (const album of modified) read.delete(album)
  return [
    // A script of many changes asks for these most often.
    ...modified.map((album) => `~${keys.pattern.album(album)}`),
    ...[...read].map((album) => `%R~${keys.pattern.album(album)}`),
  ]
}

const guestRules = (keys: Keys, rights: Rights) => [
  ...allow(reading),
  `%R~${keys.meta}`,
  `%R~${keys.public}`,
  `%R~${keys.accountEvents(guestName)}`,
  `%R~${keys.pattern.thumbs}`,
  ...albumRules(keys, { ...rights, grants: new Map() }),
]

/** What an account may read of itself. */
const ownRules = (keys: Keys, name: string) => [
  `%R~${keys.account(name)}`,
  `%R~${keys.effective(name)}`,
  `%R~${keys.accountEvents(name)}`,
  `%R~${keys.ended(name)}`,
]

const shareRules = (keys: Keys, rights: Rights) => [
  ...allow(reading),
  `%R~${keys.pattern.thumbs}`,
  `%R~${keys.meta}`,
  `%R~${keys.public}`,
  ...ownRules(keys, rights.name),
  ...albumRules(keys, { ...rights, publicAlbums: [] }),
]

const memberRules = (keys: Keys, rights: Rights) => {
  const { name, stem, grants } = rights
  const adds = stem !== null || [...grants.values()].includes('modify')
  return [
    ...allow([...reading, ...writing]),
    // A command costs more with each pattern that Redis tries before the one that fits, so the common ones come first.
    `%R~${keys.pattern.thumbs}`,
    `%R~${keys.meta}`,
    `%R~${keys.public}`,
    ...ownRules(keys, name),
    `%W~${keys.requests(name)}`,
    `~${keys.library(name, '*')}`,
    ...(stem === null ? [] : [`~${keys.pattern.madeBy(stem)}`, `~${keys.pattern.maker(stem)}`]),
    ...albumRules(keys, rights),
    // A thumbnail may be added by whoever may add photos, but not deleted: others may show the same one.
    ...(adds ? [`(+set %W~${keys.pattern.thumbs})`] : []),
  ]
}

const administratorRules = (keys: Keys) => [
  ...allow([...reading, ...writing, ...administering]),
  `~${keys.pattern.everything}`,
  `~${keys.pattern.thumbs}`,
]

const roleRules: Record<Rights['role'], (keys: Keys, rights: Rights) => string[]> = {
  administrator: administratorRules,
  member: memberRules,
  share: shareRules,
  guest: (keys, rights) => ['nopass', ...guestRules(keys, rights)],
}

/**
 * The ACL rules of an account: a pure function of its rights, which replaces whatever rules it had and leaves its
 * password. They are the gallery's only check; nothing in the core repeats them.
 */
export const aclRules = (keys: Keys, rights: Rights): string[] => {
  const head = ['resetkeys', 'resetchannels', 'clearselectors', '-@all']
  // `off` alone would leave open connections all that they had.
  if (rights.disabled) return ['off', ...head]
  return ['on', ...head, ...roleRules[rights.role](keys, rights)]
}

/** What Redis keeps of a password: its SHA-256 in hexadecimal. */
export const passwordDigest = (password: string) => createHash('sha256').update(password).digest('hex')

/** The rule that sets a password, by its digest. */
export const passwordRule = (password: string) => `#${passwordDigest(password)}`

/** What the keeper of the embedded server may do: see that it lives, and stop it. */
export const keeperRules = ['on', 'resetkeys', 'resetchannels', '-@all', '+ping', '+shutdown']
