import type { HoldingKind, SetAside } from '../../shared/schemas/account.ts'
import { setAsideText } from '../../shared/domain/set-aside.ts'
import type { Check } from '../../shared/schemas/gallery.ts'
import { serversOf } from '../redis/clients.ts'
import { infoField } from '../redis/server-info.ts'
import type { Connection } from '../redis/connection.ts'
import type { Session } from '../gallery/session.ts'
import { collectThumbs } from '../thumbnails/collect-thumbnails.ts'
import { listAccounts, saveAccount } from './accounts.ts'
import { applyRights, switchOff } from './apply-acl.ts'
import { measureHoldings, type HoldingLimits, type Over } from './holdings.ts'
import { readAccessRecord, redisTime } from './access-record.ts'

/*
 * An account may write to keys of its own as much as it likes, and Redis has no quota. So administrators' sessions look at how
 * much accounts hold when the memory in use has grown, and take the login away from one that holds too much, before it fills
 * the memory. Nothing of what it holds is deleted.
 */

/** Bytes that an account's own keys may take: this share of `maxmemory`, or so many where there is none. */
const maxMemoryShare = 0.25
const maxBytesWithoutLimit = 1024 ** 3
const otherLimits = {
  linkBytes: 10 * 1024 ** 2,
  recordBytes: 1024 ** 2,
  streamEntries: 100_000,
  albums: 20_000,
}

/** Growth of the memory in use that calls for a look, in bytes. */
const growthBytes = 64 * 1024 ** 2
/** Above this share of `maxmemory` it is looked at even without. */
const nearlyFullShare = 0.8
/** Thumbnails older than this, in seconds, must have a photo where memory is short: an import writes them a moment before. */
const minThumbAgeWhenFullSeconds = 60
/** How often it is asked how much memory is in use, in milliseconds. */
const askEveryMs = 5000
/** A look that does not come to an end keeps others from looking for so long, in milliseconds. */
const longestLookMs = 120_000
/** Between two looks, in milliseconds: at least, where memory is short but does not grow, and in lengths of the last one. */
const pauseMs = { least: 10_000, whileFull: 300_000, lengths: 20 }

interface Memory {
  used: number
  /** 0: none. */
  limit: number
}

const readMemory = async (redis: Connection): Promise<Memory> => {
  const infos = await Promise.all(serversOf(redis).map((server) => server.info('memory')))
  const sum = (name: string) => infos.reduce((total, info) => total + Number(infoField(info, name)), 0)
  return { used: sum('used_memory'), limit: sum('maxmemory') }
}

/** What an account may hold on this Redis. */
const limitsFor = ({ limit }: Memory): HoldingLimits => ({
  bytes: limit > 0 ? limit * maxMemoryShare : maxBytesWithoutLimit,
  ...otherLimits,
})

/** Takes an account's login away: what it holds stays. Administrators. */
const setAside = async (adminSession: Session, name: string, kind: HoldingKind, amount: number) => {
  const { redis, keys } = adminSession
  await switchOff(redis, keys, name) // at once, and although a Redis whose memory is full takes no record of it
  const at = new Date(await redisTime(redis)).toISOString()
  const fields = { disabled: '1', setAside: setAsideText({ kind, amount, at }) }
  // No account has done it: the line names no account.
  await saveAccount({ ...adminSession, account: '' }, 'edit', name, 'set-aside', fields)
  await applyRights(redis, keys, { names: [name] })
}

/**
 * Measures what members hold, sets those aside that are over a limit, and answers their names. Administrators are never set
 * aside, nor the service account that follows a server's folders, nor an account that was let in again within a day.
 */
export const checkHoldings = async (adminSession: Session, wanted?: HoldingLimits): Promise<string[]> => {
  const { redis, keys } = adminSession
  const memory = await readMemory(redis)
  const limits = wanted ?? limitsFor(memory)
  const [access, now] = await Promise.all([readAccessRecord(redis, keys), redisTime(redis)])
  const names: string[] = []
  // At once, not when all is measured: what is over a limit may still be growing.
  const end = async ({ account, kind, amount }: Over) => {
    await setAside(adminSession, account, kind, amount)
    names.push(account)
  }
  const largeAlbums = await measureHoldings({ redis, keys, access, limits, now }, end)
  await redis.hset(keys.measured, { used: memory.used, albums: largeAlbums.join(' ') })
  return names
}

/** Looks where memory has grown or is short, and no other session has just looked. */
export const checkWhenDue = async (adminSession: Session, limits?: HoldingLimits): Promise<void> => {
  const { redis, keys } = adminSession
  const { used, limit } = await readMemory(redis)
  const last = Number(await redis.hget(keys.measured, 'used')) || 0
  const grown = used - last >= growthBytes
  if (last - used >= growthBytes) await redis.hset(keys.measured, 'used', used)
  const isShort = limit > 0 && used > nearlyFullShare * limit
  if (!grown && !isShort) return
  if ((await redis.set(keys.measuring, adminSession.id, 'PX', longestLookMs, 'NX')) !== 'OK') return
  const begun = performance.now()
  await checkHoldings(adminSession, limits)
  // Whose thumbnails those are that no photo shows, no key says: they are removed, whichever account wrote them.
  await collectThumbs(adminSession, grown && isShort ? minThumbAgeWhenFullSeconds : undefined)
  const pause = Math.max(
    grown ? pauseMs.least : pauseMs.whileFull,
    pauseMs.lengths * (performance.now() - begun),
  )
  await redis.set(keys.measuring, adminSession.id, 'PX', Math.ceil(pause))
}

/** Looks from time to time at what accounts hold, while an administrator's session is open. Returns the way to stop. */
export const keepHoldings = (session: Session): (() => void) => {
  let busy = false
  const look = async () => {
    if (busy || !session.identity.administrator) return
    busy = true
    // Redis is away, or the session may not any more: the next look does it.
    await checkWhenDue(session).catch(() => undefined)
    busy = false
  }
  void look()
  const timer = setInterval(() => void look(), askEveryMs).unref()
  return () => clearInterval(timer)
}

const inWords = (kind: HoldingKind, amount: number): string => {
  const n = amount.toLocaleString('en')
  const size = `${(amount / 1e6).toLocaleString('en', { maximumFractionDigits: 0 })} MB`
  if (kind === 'memory') return `its own keys hold ${size}`
  if (kind === 'record') return `one of its records holds ${size}`
  return kind === 'stream' ? `one of its streams has ${n} entries` : `it made ${n} albums`
}

/** An account that was set aside, in words; empty for others. */
export const setAsideWords = (aside: SetAside | null): string =>
  aside ? `set aside: ${inWords(aside.kind, aside.amount)}` : ''

/** What the doctor says of accounts that were set aside, and of albums that hold too much. Administrators. */
export const aboutHoldings = async (session: Session): Promise<Check[]> => {
  const accounts = (await listAccounts(session)).filter((account) => account.setAside)
  const stored = (await session.redis.hget(session.keys.measured, 'albums')) ?? ''
  const albums = stored.split(' ').filter(Boolean)
  return [
    ...accounts.map(({ name, setAside: aside }): Check => ({
      what: 'Set aside',
      state: 'warning',
      detail: `${name} cannot log in (${setAsideWords(aside)}): see what it holds, then enable or delete the account`,
    })),
    ...albums.map((album): Check => ({
      what: 'Large album',
      state: 'warning',
      detail: `${album} holds more than one account should: see who may change it`,
    })),
  ]
}
