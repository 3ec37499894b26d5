/*
 * Commands are listed one by one, never by category: categories hold SCAN, KEYS and RANDOMKEY, which tell key names of
 * any album whatever the key patterns say. No account runs Lua of its own choosing: a loop without end would stop Redis for
 * everybody. FCALL calls the functions that an administrator has loaded (functions.ts), with the caller's own rights.
 */
/** What every account may do. */
export const reading = [
  'ping',
  'get',
  'getrange',
  'ttl',
  'exists',
  'hget',
  'hmget',
  'hgetall',
  'hlen',
  'hexists',
  'hscan',
  'hstrlen',
  'smembers',
  'sismember',
  'scard',
  'sscan',
  'zrange',
  'zcard',
  'zscore',
  'zmscore',
  'zrank',
  'zrevrank',
  'xrange',
  'xrevrange',
  'xread',
  'time',
  'type',
  'object|encoding',
  'fcall_ro',
  'acl|whoami',
  'client|id',
  'client|setname',
  'cluster|slots',
] as const

/** What accounts may do besides that change photos and albums. */
export const writing = [
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
  'renamenx',
  'xadd',
  'xtrim',
  'fcall',
  'multi',
  'exec',
  'discard',
  'wait',
] as const

/** What accounts may do with what they said: write-comment.lua reads it with the right to write it. */
export const commenting = [...writing, 'type', 'hget'] as const
/** What the visitors of a share link may do besides that lets them say something. */
export const answering = ['fcall', 'hset', 'hdel', 'del', 'xadd', 'wait'] as const

/** What administrators may do besides. */
export const administering = [
  'set',
  'unlink',
  'hkeys',
  'hincrby',
  'sunion',
  'xlen',
  'xdel',
  'pttl',
  'expire',
  'zrandmember',
  'scan',
  'dbsize',
  'memory|usage',
  'dump',
  'restore',
  'xinfo|stream',
  'function|load',
  'function|list',
  'function|delete',
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
  'client|pause',
  'client|unpause',
] as const

/** What the program does besides on each of several nodes. */
export const stewarding = [
  'role',
  'cluster|nodes',
  'eval',
  'evalsha',
  'script|load',
  'incrby',
  'watch',
  'unwatch',
] as const

/** Hears which keys of albums are changed: for accounts that may read all of them (redis/watched-keys.ts). */
export const watching = ['client|tracking', 'subscribe'] as const

/** Asks what another account may read, before it is told of anything (core/mail). */
export const mailing = ['acl|dryrun'] as const

/** Ends what keeps Redis from everybody else. */
export const unblocking = ['function|kill', 'script|kill'] as const
