import { checkGallery } from '../../src/core/maintenance/check-gallery.ts'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import type { Ledger } from './ledger.ts'

/** What is in the gallery, in the ledger's words. */
const readAll = async ({ redis, keys }: Session, albums: { id: string; title: string }[]) => {
  const found = new Map<string, string>()
  for (const { title } of albums) found.set(`album titled ${title}`, 'there')
  for (const { id: album } of albums) {
    const trash = await redis.zrange(keys.albumTrash(album), 0, '-1')
    const photos = await redis.zrange(keys.albumPhotos(album), 0, '-1')
    for (const id of [...photos, ...trash]) {
      const [title, tags] = await redis.hmget(keys.photo(album, id), 'title', 'tags')
      found.set(`title ${id}`, title ?? 'as it began')
      found.set(`tag ${id}`, String((tags ?? '').includes('chaos')))
      found.set(`album ${id}`, album)
      found.set(`trashed ${id}`, String(trash.includes(id)))
    }
  }
  for (const right of Object.values(await redis.hgetall(keys.grants('mal')))) found.set('right of mal', right)
  if (!found.has('right of mal')) found.set('right of mal', 'none')
  return found
}

/** What was acknowledged and is not there, and what does not hold together, in words. */
export const findLosses = async (env: NodeJS.ProcessEnv, ledger: Ledger): Promise<string[]> => {
  const gallery = await openGallery({ env })
  try {
    const session = await gallery.self()
    const found = await readAll(session, await listAlbums(session))
    const lost = ledger.all.flatMap(([what, values]) => {
      const is = found.get(what)
      // What may never have been made need not be there.
      if (values.has('as it began') || (is !== undefined && values.has(is))) return []
      return [`${what} is ${is ?? 'gone'}, not ${[...values].join(' or ')}`]
    })
    const findings = await checkGallery(session, { repair: false })
    return [...lost, ...findings.map(({ what, count, example }) => `${count} ${what}, such as ${example}`)]
  } finally {
    await gallery.close()
  }
}
