import type { HoldingKind } from '../../shared/schemas/account.ts'
import { serversOf } from '../redis/clients.ts'
import type { Connection } from '../redis/connection.ts'
import type { Keys } from '../redis/keys.ts'
import type { AccessRecord } from './access-record.ts'

/** What an account may hold in keys of its own. */
export interface HoldingLimits {
  bytes: number
  /** Of what the visitors of one share link write. */
  linkBytes: number
  /** Of one photo's or album's record. */
  recordBytes: number
  streamEntries: number
  albums: number
}

export interface Over {
  account: string
  kind: HoldingKind
  amount: number
}

/** Keys that one SCAN looks at, and that are measured in one round trip. */
const scanCount = 500
/** Elements of a key that are measured; of one that has more, an average, until it is looked at whole. */
const sampledElements = 1000
/** Keys between these sizes, in bytes, are measured whole: smaller ones were, and larger ones would keep Redis from others. */
const wholeBytes = { from: 50_000, to: 50_000_000 }
/** Bytes that an entry of a stream takes at least: a stream of fewer is not asked how many it has. */
const minEntryBytes = 8

/** Which accounts are measured, and what belongs to whom. */
interface Owners {
  accounts: Set<string>
  prefixes: Map<string, string>
  /** Albums that members were given to change: what they hold belongs to no single account. */
  shared: Set<string>
}

const ownersOf = ({ accounts, groups }: AccessRecord, now: number): Owners => {
  const isMeasured = (record: Record<string, string>) =>
    (record['role'] === 'member' || record['role'] === 'share') &&
    record['disabled'] !== '1' &&
    record['service'] !== '1' &&
    !(Date.parse(record['grace'] ?? '') > now)
  const measured = [...accounts].filter(([, { record }]) => isMeasured(record))
  const given = [...accounts.values(), ...groups.values()].flatMap(({ grants }) => Object.entries(grants))
  return {
    accounts: new Set(measured.map(([name]) => name)),
    prefixes: new Map(
      measured.flatMap(([name, { record }]) => (record['stem'] ? [[record['stem'], name]] : [])),
    ),
    shared: new Set(given.filter(([, right]) => right === 'modify').map(([album]) => album)),
  }
}

/** Bytes of the stream of an album that tells of comments, which Cimaise keeps below a tenth of that. */
const maxNewsBytes = 1_000_000

/** Whose a key is: an account, or an album that several may change; `news`: of all who may comment in an album. */
interface KeyOwner {
  account?: string | undefined
  album?: string | undefined
  news?: boolean
}

/** By the key, without what stands before every key of the gallery. Null where it is no account's. */
const ownerOf = ({ accounts, prefixes, shared }: Owners, key: string): KeyOwner | null => {
  const [table, id = '', kind = '', writer = ''] = key.split(':', 4)
  if (table === 'user')
    return accounts.has(id) && /^(library|requests|seen|calls)$/.test(kind) ? { account: id } : null
  if (table === 'talk' && kind === 'events') return { album: id, news: true }
  if (table === 'talk') return accounts.has(writer) ? { account: writer } : null
  if (table === 'maker') return prefixes.has(id) ? { account: prefixes.get(id) } : null
  if (table !== 'album' && table !== 'collection') return null
  if (shared.has(id)) return { album: id }
  const account = prefixes.get(/^[^~]+~[0-9A-Za-z]{4}/.exec(id)?.[0] ?? '')
  return account === undefined ? null : { account, album: id }
}

/** What is found, by account and by shared album. */
class Tally {
  readonly #limits: HoldingLimits
  readonly #bytes = new Map<string, number>()
  readonly #albums = new Map<string, Set<string>>()
  readonly over = new Map<string, Over>()
  readonly large = new Set<string>()

  constructor(limits: HoldingLimits) {
    this.#limits = limits
  }

  /** An account that is over a limit is measured no further. */
  isKnown({ account, album }: KeyOwner) {
    return account === undefined ? this.large.has(album ?? '') : this.over.has(account)
  }

  add({ account, album }: KeyOwner, key: string, bytes: number) {
    const whose = account === undefined ? `album:${album ?? ''}` : account
    const total = (this.#bytes.get(whose) ?? 0) + bytes
    this.#bytes.set(whose, total)
    if (account === undefined) {
      if (total > this.#limits.bytes) this.large.add(album ?? '')
      return
    }
    const most = account.startsWith('share~') ? this.#limits.linkBytes : this.#limits.bytes
    if (total > most) this.find(account, 'memory', total)
    if (/:photo:|:info$/.test(key) && bytes > this.#limits.recordBytes) this.find(account, 'record', bytes)
    if (album !== undefined) this.#count(account, album)
  }

  #count(account: string, album: string) {
    const albums = this.#albums.get(account) ?? new Set()
    this.#albums.set(account, albums.add(album))
    if (albums.size > this.#limits.albums) this.find(account, 'albums', albums.size)
  }

  find(account: string, kind: HoldingKind, amount: number) {
    if (!this.over.has(account)) this.over.set(account, { account, kind, amount: Math.ceil(amount) })
  }
}

type Server = ReturnType<typeof serversOf>[number]

/** Bytes of keys, which are bytes themselves: those that are gone, and other servers', take none. */
const sizesOf = async (server: Server, keys: Buffer[], sampled: number): Promise<number[]> => {
  const asked = server.pipeline()
  for (const key of keys) asked.call('MEMORY', 'USAGE', key, 'SAMPLES', sampled)
  return ((await asked.exec()) ?? []).map(([, bytes]) => (typeof bytes === 'number' ? bytes : 0))
}

const measure = async (server: Server, keys: Buffer[]): Promise<number[]> => {
  const sizes = await sizesOf(server, keys, sampledElements)
  const doubtful = keys.flatMap((key, i) => {
    const bytes = sizes[i] ?? 0
    return bytes > wholeBytes.from && bytes < wholeBytes.to ? [{ key, i }] : []
  })
  for (const { key, i } of doubtful) sizes[i] = (await sizesOf(server, [key], 0))[0] ?? 0
  return sizes
}

const measurePart = async (
  server: Server,
  found: { key: Buffer; name: string; holder: KeyOwner }[],
  tally: Tally,
  limits: HoldingLimits,
) => {
  const sizes = await measure(
    server,
    found.map(({ key }) => key),
  )
  for (const [i, { key, name, holder }] of found.entries()) {
    const bytes = sizes[i] ?? 0
    if (holder.news) {
      // It only tells that there may be something new, and no single account has filled it.
      if (bytes > maxNewsBytes) await server.unlink(key)
      continue
    }
    tally.add(holder, name, bytes)
    const few = bytes < minEntryBytes * limits.streamEntries
    if (holder.account === undefined || few || !/:(events|requests)$/.test(name)) continue
    const entries = await server.xlen(key).catch(() => 0) // of another type
    if (entries > limits.streamEntries) tally.find(holder.account, 'stream', entries)
  }
}

/** What is measured, and against which limits. */
export interface Measuring {
  redis: Connection
  keys: Keys
  access: AccessRecord
  limits: HoldingLimits
  /** Milliseconds since 1970, by the clock of Redis. */
  now: number
}

/**
 * Measures the keys that members may write: those of their own accounts, the albums that they made, and the albums that they
 * were given to change, in parts between which Redis answers others. Tells of each account as soon as it is over a limit, and
 * answers the albums that are and belong to no account alone. A stream that tells of comments and was filled by hand is removed.
 * Administrators.
 */
export const measureHoldings = async (
  { redis, keys, access, limits, now }: Measuring,
  tell: (over: Over) => Promise<void>,
): Promise<string[]> => {
  const owners = ownersOf(access, now)
  const tally = new Tally(limits)
  const pattern = keys.pattern.everything
  const look = async (server: Server, part: Buffer[]) => {
    const known = new Set(tally.over.keys())
    const found = part.flatMap((key) => {
      const name = key.toString('latin1').slice(pattern.length - 1)
      const holder = ownerOf(owners, name)
      return holder && !tally.isKnown(holder) ? [{ key, name, holder }] : []
    })
    if (found.length > 0) await measurePart(server, found, tally, limits)
    for (const [name, over] of tally.over) if (!known.has(name)) await tell(over)
  }
  for (const server of serversOf(redis)) {
    let cursor = '0'
    do {
      const [next, part] = await server.scanBuffer(cursor, 'MATCH', pattern, 'COUNT', scanCount)
      cursor = String(next)
      await look(server, part)
    } while (cursor !== '0')
  }
  return [...tally.large]
}
