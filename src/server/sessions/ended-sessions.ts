import { z } from 'zod'
import { endAllEverywhere, endEverywhere } from '../../core/access/browser-sessions.ts'
import type { Session } from '../../core/gallery/session.ts'
import { readText, writeWhole } from '../../core/redis/server/files.ts'
import type { Ticket } from './seal.ts'

/** Sessions that users ended, whose sealed cookies may still be somewhere. */
export interface EndedSessions {
  /** Whether a session is known here to be over. What Redis knows is asked of Redis. */
  has: (ticket: Ticket) => boolean
  end: (account: string, id: string) => Promise<void>
  /** `now`: by the clock of Redis, in milliseconds since 1970. */
  endAll: (account: string, now: number) => Promise<void>
}

/** Kept in Redis by the program's own account, for all servers of a gallery. */
export const endedInRedis = (steward: Session): EndedSessions => ({
  has: () => false,
  end: (account, id) => endEverywhere(steward, account, id),
  endAll: (account) => endAllEverywhere(steward, account),
})

const file = 'ended-sessions.json'
/** An entry is kept for longer than any cookie counts, in milliseconds. */
const keptMs = 30 * 24 * 60 * 60 * 1000
/** More are forgotten, the oldest first: by then somebody logs in and out for nothing else. */
const maxEntries = 10_000

/** Pairs of a session's or account's name, and when it ended, in milliseconds since 1970. */
const Stored = z.array(z.tuple([z.string().max(200), z.int().min(0)])).max(2 * maxEntries)

const read = (home: string): [string, number][] => {
  try {
    return Stored.parse(JSON.parse(readText(home, file)))
  } catch {
    return [] // none yet, or not ours
  }
}

const sessionOf = (account: string, id: string) => `${account} ${id}`

/** Kept in the data folder, by a server that has no account of its own in Redis that may write of others'. */
export const endedInHome = (home: string): EndedSessions => {
  const ended = new Map(read(home))
  const add = (name: string, now: number) => {
    ended.delete(name)
    ended.set(name, now)
    const newest = [...ended].filter(([, moment]) => moment > now - keptMs).slice(-maxEntries)
    writeWhole(home, file, JSON.stringify(newest))
    return Promise.resolve()
  }
  return {
    has: ({ account, id, begun }) => ended.has(sessionOf(account, id)) || begun <= (ended.get(account) ?? -1),
    end: (account, id) => add(sessionOf(account, id), Date.now()),
    endAll: (account, now) => add(account, now),
  }
}
