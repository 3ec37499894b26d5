import type { Check } from '../../shared/schemas/gallery.ts'
import { isSpread } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import { connectionLimits } from '../redis/server/settings.ts'
import type { Session } from '../gallery/session.ts'

const megabyte = 1024 * 1024

/** The limits that keep one connection from filling the memory: the bytes that they may be at most, and what to set. */
const limits: Record<string, { most: number; advice: string }> = {
  'proto-max-bulk-len': { most: 64 * megabyte, advice: connectionLimits['proto-max-bulk-len'] },
  'client-query-buffer-limit': {
    most: 256 * megabyte,
    advice: connectionLimits['client-query-buffer-limit'],
  },
  maxmemory: { most: Infinity, advice: "60 % of the machine's memory" },
  'maxmemory-clients': { most: Infinity, advice: connectionLimits['maxmemory-clients'] },
}

/** A server that others set up is used as it is; where it sets no limits, one connection may fill its memory. */
const aboutLimits = async (redis: Connection): Promise<Check> => {
  const names = [...Object.keys(limits), 'client-output-buffer-limit']
  const reply = (await redis.call('CONFIG', 'GET', ...names)) as string[]
  // A setting that a server does not know is not missed.
  const value = (name: string) => (reply.includes(name) ? (reply[reply.indexOf(name) + 1] ?? '') : null)
  const missing = Object.entries(limits).flatMap(([name, { most, advice }]) => {
    const set = value(name)
    const unlimited = set !== null && (parseFloat(set) === 0 || parseFloat(set) > most)
    return unlimited ? [`${name} ${advice}`] : []
  })
  if (/normal 0 0 /.test(value('client-output-buffer-limit') ?? ''))
    missing.push('client-output-buffer-limit normal 256mb 128mb 60')
  return missing.length === 0
    ? { what: 'Limits', state: 'ok', detail: 'no connection can fill the memory' }
    : {
        what: 'Limits',
        state: 'warning',
        detail: `one connection may fill the memory: set ${missing.join(', ')}`,
      }
}

/** Whether the server's settings suit a gallery. */
export const aboutSettings = async ({ redis }: Session): Promise<Check[]> => {
  const reply = (await redis.call(
    'CONFIG',
    'GET',
    'maxmemory-policy',
    'hash-max-listpack-value',
    'aclfile',
  )) as string[]
  const value = (name: string) => reply[reply.indexOf(name) + 1] ?? ''
  const packed = Number(value('hash-max-listpack-value')) >= 512
  const safe = ['noeviction', 'volatile-lru', 'volatile-lfu', 'volatile-ttl', 'volatile-random'].includes(
    value('maxmemory-policy'),
  )
  return [
    {
      what: 'Eviction',
      state: safe ? 'ok' : 'problem',
      detail: safe
        ? value('maxmemory-policy')
        : `${value('maxmemory-policy')} may drop metadata: set maxmemory-policy volatile-lru`,
    },
    {
      what: 'Packing',
      state: packed ? 'ok' : 'warning',
      detail: packed
        ? 'photo records are packed'
        : 'set hash-max-listpack-value 1024: photo records then take a third of the memory',
    },
    ...(isSpread(redis) ? [] : [aboutAclFile(value('aclfile'))]),
    await aboutLimits(redis),
  ]
}

/** Where one server forgets its users; of several, each forgets those of the gallery with intent (access/nodes). */
const aboutAclFile = (file: string): Check =>
  file
    ? { what: 'Accounts', state: 'ok', detail: 'kept in the ACL file' }
    : {
        what: 'Accounts',
        state: 'warning',
        detail: 'Redis has no aclfile: its accounts are made again after each restart',
      }
