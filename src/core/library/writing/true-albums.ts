import { readHashes } from '../../redis/claims.ts'
import { results } from '../../redis/errors.ts'
import type { Session } from '../../gallery/session.ts'
import { trustedAccounts } from '../host-originals.ts'
import { parseEntry } from '../index/file-index.ts'

/** A photo and an album that has a record of it. */
interface ClaimedPlace {
  photo: string
  album: string
}

/**
 * Of places that claim the same photos, those that the index of the host agrees with which took the photo in: that is a
 * fact, a record is a claim. None where no index knows, as after a move by another program. Administrators.
 */
export const trueAlbums = async <Place extends ClaimedPlace>(
  session: Session,
  places: Place[],
): Promise<Set<Place>> => {
  const { redis, keys } = session
  const records = places.map(({ album, photo }) => keys.photo(album, photo))
  const rows = await readHashes(redis, records, { host: 64, path: 8192 })
  const accounts = await trustedAccounts(session)
  const asked = redis.pipeline()
  for (const row of rows)
    for (const account of accounts)
      asked.hget(keys.library(account, /^[a-z0-9-]+$/.exec(row?.[0] ?? '')?.[0] ?? '-'), row?.[1] ?? '')
  const entries = results<string | null>(await asked.exec()).map((text) => parseEntry(text ?? ''))
  return new Set(
    places.filter(({ album, photo }, i) =>
      entries
        .slice(i * accounts.length, (i + 1) * accounts.length)
        .some((entry) => entry?.photo === photo && entry.album === album),
    ),
  )
}
