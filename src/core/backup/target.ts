import { GalleryError } from '../../shared/errors.ts'
import type { Connection } from '../redis/connection.ts'
import type { Text } from '../../shared/i18n/text.ts'
import { results } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import { serversOf } from '../redis/clients.ts'
import { scanKeyBytes } from '../redis/scan-keys.ts'

/** What the connection of a restore is called, so that a second one notices the first. */
export const restoreName = 'cimaise-restore'

/** Refuses a second restore at the same time. The one that came first goes on, and none is left waiting for a killed one. */
export const refuseTwo = async (redis: Connection): Promise<void> => {
  for (const server of serversOf(redis)) {
    const own = await server.client('ID')
    const list = (await server.client('LIST')) as string
    const others = list
      .split('\n')
      .filter((line) => line.includes(` name=${restoreName} `))
      .map((line) => Number(/^id=(\d+) /.exec(line)?.[1]))
    if (others.some((id) => id < own)) throw new GalleryError('CONFLICT', 'restoringAlready')
  }
}

const isEmpty = async (redis: Connection, keys: Keys) => {
  for (const server of serversOf(redis))
    for await (const part of scanKeyBytes(server, keys.pattern.everything)) if (part.length > 0) return false
  return true
}

/**
 * Whether a gallery may be restored here: there is none, or the beginnings of one whose restoring was broken off. Throws
 * CONFLICT where there is one.
 */
export const checkTarget = async (redis: Connection, keys: Keys, where: Text): Promise<void> => {
  const [id, restoring] = await redis.hmget(keys.meta, 'id', 'restoring')
  if (restoring) return
  if (id || !(await isEmpty(redis, keys))) throw new GalleryError('CONFLICT', 'galleryThere', { where })
}

/** Removes what a restore has written; `meta`, which says that it is not whole, goes last. */
export const clearTarget = async (redis: Connection, keys: Keys, { marked }: { marked: boolean }) => {
  for (const server of serversOf(redis))
    for (const pattern of [keys.pattern.everything, keys.pattern.thumbs])
      for await (const part of scanKeyBytes(server, pattern)) {
        const gone = server.pipeline()
        for (const key of part) if (key.toString() !== keys.meta) gone.unlink(key)
        results(await gone.exec())
      }
  if (!marked) await redis.unlink(keys.meta)
}

/**
 * What Redis is set to meanwhile: it looks closely at every value that it is given, as a hostile file may hold one made to
 * bring it down; and the index of a large library is longer than any value that it takes at other times, in bytes.
 */
const meanwhile: Readonly<Record<string, string>> = {
  'sanitize-dump-payload': 'yes',
  'proto-max-bulk-len': String(512 * 1024 * 1024),
  'client-query-buffer-limit': String(1024 * 1024 * 1024),
}

/** Does something while Redis is set for a restore. A Redis whose settings are not ours to change keeps its own. */
export const withCloseLook = async <T>(redis: Connection, work: () => Promise<T>): Promise<T> => {
  const changed: (() => Promise<unknown>)[] = []
  for (const server of serversOf(redis))
    for (const [setting, wanted] of Object.entries(meanwhile)) {
      const reply = (await server.call('CONFIG', 'GET', setting).catch(() => [])) as string[]
      const before = reply[1]
      if (before === undefined || before === wanted) continue
      const set = (value: string) => server.call('CONFIG', 'SET', setting, value).catch(() => undefined)
      await set(wanted)
      changed.push(() => set(before))
    }
  try {
    return await work()
  } finally {
    await Promise.all(changed.map((back) => back()))
  }
}
