import { createHash } from 'node:crypto'
import type { Keys } from './keys.ts'

export type Right = 'read' | 'modify'

/** Everything that decides what an account may do. */
export interface Rights {
  name: string
  administrator: boolean
  grants: ReadonlyMap<string, Right>
  publicAlbums: readonly string[]
}

/** The account of those who have not logged in: a Redis user without password. */
export const guestName = 'guest'

export const administrator = (name: string): Rights => ({
  name,
  administrator: true,
  grants: new Map(),
  publicAlbums: [],
})

export const guest = (publicAlbums: readonly string[]): Rights => ({
  name: guestName,
  administrator: false,
  grants: new Map(),
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
  'set',
  'unlink',
  'hkeys',
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
  'client|list',
  'client|kill',
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
    ...[...read].map((album) => `%R~${keys.pattern.album(album)}`),
    ...modified.map((album) => `~${keys.pattern.album(album)}`),
  ]
}

const guestRules = (keys: Keys, rights: Rights) => [
  ...allow(reading),
  `%R~${keys.meta}`,
  `%R~${keys.public}`,
  `%R~${keys.pattern.thumbs}`,
  ...albumRules(keys, { ...rights, grants: new Map() }),
]

const memberRules = (keys: Keys, rights: Rights) => [
  ...allow([...reading, ...writing]),
  // A command costs more with each pattern that Redis tries before the one that fits, so the common ones come first.
  `%R~${keys.pattern.thumbs}`,
  `%R~${keys.meta}`,
  `%R~${keys.public}`,
  `%R~${keys.account(rights.name)}`,
  `%R~${keys.grants(rights.name)}`,
  `~${keys.library(rights.name, '*')}`,
  ...albumRules(keys, rights),
  // A thumbnail may be added by whoever may add photos, but not deleted: others may show the same one.
  ...([...rights.grants.values()].includes('modify') ? [`(+set %W~${keys.pattern.thumbs})`] : []),
]

const administratorRules = (keys: Keys) => [
  ...allow([...reading, ...writing, ...administering]),
  `~${keys.pattern.everything}`,
  `~${keys.pattern.thumbs}`,
]

/**
 * The ACL rules of an account: a pure function of its rights, which replaces whatever rules it had and leaves its
 * password. They are the gallery's only check; nothing in the core repeats them.
 */
export const aclRules = (keys: Keys, rights: Rights): string[] => {
  const head = ['on', 'resetkeys', 'resetchannels', 'clearselectors', '-@all']
  if (rights.administrator) return [...head, ...administratorRules(keys)]
  if (rights.name === guestName) return [...head, 'nopass', ...guestRules(keys, rights)]
  return [...head, ...memberRules(keys, rights)]
}

/** The rule that sets a password, by the digest that Redis keeps of it. */
export const passwordRule = (password: string) => `#${createHash('sha256').update(password).digest('hex')}`

/** What the keeper of the embedded server may do: see that it lives, and stop it. */
export const keeperRules = ['on', 'resetkeys', 'resetchannels', '-@all', '+ping', '+shutdown']
