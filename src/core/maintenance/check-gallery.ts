import type { Finding } from '../../shared/schemas/gallery.ts'
import type { Home } from '../gallery/local-settings.ts'
import { onRedis } from '../redis/errors.ts'
import { scanKeys } from '../redis/scan-keys.ts'
import type { Session } from '../gallery/session.ts'
import { gatherComments } from '../comments/gather.ts'
import { findBadThumbs } from '../thumbnails/find-bad.ts'
import { mendThumbs } from '../thumbnails/mend.ts'
import { collectThumbs, shownThumbs, storedThumbs } from '../thumbnails/collect-thumbnails.ts'
import { checkAlbum, readAlbum } from './check-album.ts'
import { checkJunk, keysByAlbum, type AlbumKeys } from './album-keys.ts'
import { adoptAlbum, checkEnd, checkTitles, readListed, repairTitles, type Listed } from './check-registry.ts'
import { Findings } from './findings.ts'
import { checkRecords } from './check-records.ts'
import { repairAlbum } from './repair.ts'
import { checkCopies } from './check-copies.ts'
import { checkCollections } from './check-collections.ts'
import { checkOwnKeys, checkRights } from './check-rights.ts'

const badThumbs = {
  unnamed: 'thumbnails that photos do not name',
  missing: 'thumbnails that are not there',
  overwritten: 'thumbnails that were overwritten',
  'short-lived': 'thumbnails that will be gone too early',
  drawn: 'thumbnails of videos that were drawn while ffmpeg was not there',
}

const checkThumbs = async (session: Session, findings: Findings, { repair, young, home }: CheckOptions) => {
  const shown = await shownThumbs(session)
  for await (const part of storedThumbs(session))
    for (const name of part) if (!shown.has(name)) findings.note('thumbnails that no photo shows', name)
  for await (const part of findBadThumbs(session))
    for (const { album, photo, thumb, why } of part)
      findings.note(badThumbs[why], thumb ?? `${album}/${photo}`)
  if (repair && home) await mendThumbs(session, home)
  if (repair) await collectThumbs(session, young)
}

export interface CheckOptions {
  repair: boolean
  /** Thumbnails younger than this, in seconds, are left alone by a repair. */
  young?: number
  /** The data folder of this computer: from the originals on it a repair makes lost thumbnails again. */
  home?: Home
}

/** A photo is in one album: the same id in a second one is a mistake made by hand, and only told. */
const checkTwins = (
  seen: Map<string, string>,
  album: string,
  photos: Iterable<string>,
  findings: Findings,
) => {
  for (const photo of photos) {
    const other = seen.get(photo)
    if (other) findings.note('photos in two albums', `${photo} in ${other} and ${album}`)
    seen.set(photo, album)
  }
}

/** One album: its keys, its records, its indexes. */
const checkOne = async (
  session: Session,
  keys: AlbumKeys,
  { findings, seen, repair }: { findings: Findings; seen: Map<string, string>; repair: boolean },
) => {
  const before = findings.count
  await checkJunk(session, keys, findings, repair)
  if (keys.parts.has('events')) await checkEnd(session, session.keys.albumEvents(keys.id), findings, repair)
  const records = await checkRecords(session, keys.id, keys.photos, findings, repair)
  const album = await readAlbum(session, keys, records, findings)
  checkAlbum(album, findings)
  checkTwins(seen, keys.id, records.keys(), findings)
  if (repair && findings.count > before) await repairAlbum(session, album)
}

/** Albums that no list has. */
const checkUnlisted = async (
  session: Session,
  albums: Map<string, AlbumKeys>,
  { live, deleted }: Listed,
  { findings, repair }: { findings: Findings; repair: boolean },
) => {
  for (const [id, album] of albums) {
    if (live.has(id) || deleted.has(id)) continue
    if (id !== '') findings.note('keys of albums that are not there', id)
    await checkJunk(session, album, findings, repair)
    if (id !== '' && repair && (await adoptAlbum(session, album))) live.add(id)
  }
}

/**
 * Walks the whole gallery and tells what does not hold together: each photo in one album or its trash, every entry of an
 * index with its photo and the reverse, counts, titles, rights, thumbnails, and what was written by hand. `repair` rebuilds
 * the indexes from the photos' records, and takes away what no Cimaise has written.
 * Best while no session changes anything, as it looks at one thing after the other. Administrators.
 */
export const checkGallery = (session: Session, options: CheckOptions): Promise<Finding[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const { repair } = options
    const findings = new Findings()
    const known = await readListed(session, findings, repair)
    const albums = await keysByAlbum(session)
    await checkUnlisted(session, albums, known, { findings, repair })
    await checkTitles(session, known, findings)
    const seen = new Map<string, string>()
    for (const [id, album] of albums)
      if (known.live.has(id) || known.deleted.has(id))
        await checkOne(session, album, { findings, seen, repair })
    if (repair) await repairTitles(session, known)
    await checkCollections(session, findings, repair)
    await checkRights(session, known, findings, repair)
    await checkCopies(session, albums, findings, repair)
    for (const pattern of [keys.pattern.user('*'), keys.pattern.maker('*'), keys.pattern.madeTalk('')])
      await checkOwnKeys(session, scanKeys(redis, pattern), findings, repair)
    if (repair) await gatherComments(session)
    await checkThumbs(session, findings, options)
    return findings.list()
  })
