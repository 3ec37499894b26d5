import { chunksOf } from '../../shared/domain/chunks.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import { knownAlbums } from '../albums/visible-albums.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis, results } from '../redis/errors.ts'
import { carryComments, forgetComments, photosSpokenOf } from './commenters.ts'

/*
 * Who moves photos or removes them for good may not write what others said of them: an administrator's session takes that along.
 */

/** Records asked for in one call. */
const asksPerCall = 1000

/** Which of some records are there. */
const areThere = async ({ redis, keys }: Session, refs: { album: string; photo: string }[]) => {
  const there: boolean[] = []
  for (const part of chunksOf(refs, asksPerCall)) {
    const asked = redis.pipeline()
    for (const { album, photo } of part) asked.exists(keys.photo(album, photo))
    there.push(...results<number>(await asked.exec()).map((count) => count > 0))
  }
  return there
}

/** The photos that were spoken of in an album and are not in it. */
const straysIn = async (session: Session, album: string): Promise<string[]> => {
  const photos = (await photosSpokenOf(session, album)).filter((photo) => PhotoId.safeParse(photo).success)
  const there = await areThere(
    session,
    photos.map((photo) => ({ album, photo })),
  )
  return photos.filter((_, i) => !there[i])
}

/** The album that a photo is in; null where it is in none. */
const whereIs = async (session: Session, albums: string[], photo: string): Promise<string | null> => {
  const there = await areThere(
    session,
    albums.map((album) => ({ album, photo })),
  )
  return albums.find((_, i) => there[i]) ?? null
}

/**
 * Takes what was said of photos to the albums that they are in, and removes what was said of those that are gone for good: of
 * those of some albums, or of all. Administrators.
 */
export const gatherComments = (session: Session, only: string[] | null = null): Promise<void> =>
  onRedis(async () => {
    if (!session.identity.administrator) return
    const albums = await knownAlbums(session)
    for (const from of albums.filter((album) => !only || only.includes(album)))
      for (const photo of await straysIn(session, from)) {
        const to = await whereIs(session, albums, photo)
        if (to !== null && to !== from) await carryComments(session, { from, to, photos: [photo] })
        // It may have been on its way: a move is whole in Redis, though not while each album is asked.
        else if (to === null && (await whereIs(session, albums.toReversed(), photo)) === null)
          await forgetComments(session, from, [photo])
      }
  })
