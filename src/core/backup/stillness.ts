import type { Redis } from 'ioredis'
import { infoField } from '../redis/server-info.ts'

/** How long Redis holds writers back after it last heard from us, in milliseconds: so long, too, where we are killed. */
const pauseMs = 3000
/** The pause is asked for again after this time, in milliseconds. */
const renewMs = 500

/** What changes with every write, and with another server answering in place of the first. */
const writeMark = async (server: Redis): Promise<string> => {
  const info = await server.info('server', 'persistence')
  const names = ['run_id', 'rdb_changes_since_last_save', 'rdb_last_save_time']
  return names.map((name) => infoField(info, name)).join(' ')
}

const writeMarks = async (servers: Redis[]) => (await Promise.all(servers.map(writeMark))).join('\n')

/**
 * Does some reading while no client writes: `CLIENT PAUSE … WRITE` lets readers go on and makes writers wait. False where
 * something was written all the same (another backup ended the pause, a server took over, this process was stopped too long):
 * what was read is then of no one moment, and has to be read again. `renew` is to be called often.
 */
export const inStillness = async (
  servers: Redis[],
  read: (renew: () => Promise<void>) => Promise<void>,
): Promise<boolean> => {
  const pause = () => Promise.all(servers.map((server) => server.call('CLIENT', 'PAUSE', pauseMs, 'WRITE')))
  let paused = performance.now()
  const renew = async () => {
    if (performance.now() - paused < renewMs) return
    paused = performance.now()
    await pause()
  }
  await pause()
  try {
    const before = await writeMarks(servers)
    await read(renew)
    return (await writeMarks(servers)) === before
  } finally {
    // Where a server is away, its pause ends by itself.
    await Promise.allSettled(servers.map((server) => server.call('CLIENT', 'UNPAUSE')))
  }
}
