import { allCollections } from '../collections/visible-collections.ts'
import { readSearch, searchFields } from '../collections/saved-search.ts'
import type { Session } from '../gallery/session.ts'
import { locatePhotos } from '../photos/locate.ts'
import { readHash, readIds } from '../redis/claims.ts'
import { scanKeys } from '../redis/scan-keys.ts'
import type { Findings } from './findings.ts'

const types: Readonly<Record<string, string>> = {
  ...{ info: 'hash', photos: 'zset', events: 'stream' },
  ...{ shown: 'hash', 'shown:guest:info': 'hash', 'shown:guest:events': 'stream' },
}

/** Keys of collections that are listed nowhere, or that no Cimaise has written. */
const checkKeys = async (
  { redis, keys }: Session,
  listed: ReadonlySet<string>,
  findings: Findings,
  repair: boolean,
) => {
  const start = keys.collectionKeys('')
  for await (const part of scanKeys(redis, `${start}*`))
    for (const key of part) {
      const [id = '', kind = ''] = key.slice(start.length).split(/:(.*)/s)
      if (listed.has(id) && types[kind] !== undefined && (await redis.type(key)) === types[kind]) continue
      findings.note('keys of collections that are not there', key.slice(0, 200))
      if (repair) await redis.unlink(key)
    }
}

/** Collections, the photos in them that were removed for good, and what smart albums look for; nothing repairs what cannot be read. */
export const checkCollections = async (session: Session, findings: Findings, repair: boolean) => {
  const { redis, keys } = session
  const listed = await allCollections(session, true)
  await checkKeys(session, new Set(listed), findings, repair)
  for (const collection of listed) {
    const { smart, search } = await readHash(redis, keys.collectionInfo(collection), searchFields)
    if (smart && !readSearch(search))
      findings.note('searches of smart albums that cannot be read', collection)
    const set = keys.collectionPhotos(collection)
    const ids = await readIds(redis, set)
    const there = new Set((await locatePhotos(session, ids)).map(({ photo }) => photo))
    for (const id of ids.filter((one) => !there.has(one))) {
      findings.note('photos of collections that are not there', `${collection} ${id}`)
      if (repair) await redis.zrem(set, id)
    }
  }
}
