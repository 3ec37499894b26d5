import type { Finding } from '../../shared/schemas.ts'
import { foldTitle } from '../albums.ts'
import { allBooks, bookOf } from '../books.ts'
import type { Home } from '../home.ts'
import { readableAlbums } from '../reach.ts'
import { onRedis, results } from '../redis/errors.ts'
import { scanKeys } from '../redis/scan.ts'
import type { Session } from '../session.ts'
import { findBadThumbs } from '../thumbnails/find-bad.ts'
import { mendThumbs } from '../thumbnails/mend.ts'
import { collectThumbs, shownThumbs, storedThumbs } from '../thumb-store.ts'
import { checkAlbum, readAlbum } from './album.ts'
import { Findings } from './findings.ts'
import { repairAlbum } from './repair.ts'

/** The keys of each album. */
const keysByAlbum = async ({ redis, keys }: Session): Promise<Map<string, string[]>> => {
  const stem = keys.pattern.album('')
  const start = stem.slice(0, stem.indexOf(':album:') + ':album:'.length)
  const albums = new Map<string, string[]>()
  for await (const part of scanKeys(redis, `${start}*`))
    for (const key of part) {
      const id = key.slice(start.length).split(':', 1)[0] ?? ''
      const own = albums.get(id)
      if (own) own.push(key)
      else albums.set(id, [key])
    }
  return albums
}

interface Listed {
  live: Set<string>
  deleted: Set<string>
  books: { titlesKey: string; titles: Record<string, string> }[]
}

const listed = async (session: Session): Promise<Listed> => {
  const { redis, keys } = session
  return {
    live: new Set(await readableAlbums(session)),
    deleted: new Set(await redis.zrange(keys.deletedAlbums, 0, '-1')),
    books: await Promise.all(
      (await allBooks(session)).map(async (book) => ({
        titlesKey: book.titles,
        titles: await redis.hgetall(book.titles),
      })),
    ),
  }
}

const checkTitles = async ({ redis, keys }: Session, { live, books }: Listed, findings: Findings) => {
  const ids = [...live]
  const asked = redis.pipeline()
  for (const id of ids) asked.hget(keys.albumInfo(id), 'title')
  const names = results<string | null>(await asked.exec())
  ids.forEach((id, i) => {
    const title = names[i]
    const book = books.find(({ titlesKey }) => titlesKey === bookOf(keys, id).titles)
    if (!title) findings.note('albums without a title', id)
    else if (book?.titles[foldTitle(title)] !== id)
      findings.note('titles that do not lead to their album', title)
  })
  for (const { titles } of books)
    for (const [title, id] of Object.entries(titles))
      if (!live.has(id)) findings.note('titles of albums that are not there', title)
}

const repairTitles = async ({ redis, keys }: Session, { live, books }: Listed) => {
  for (const { titlesKey, titles } of books)
    for (const [title, id] of Object.entries(titles)) if (!live.has(id)) await redis.hdel(titlesKey, title)
  for (const id of live) {
    const title = (await redis.hget(keys.albumInfo(id), 'title')) ?? id
    await redis.hset(keys.albumInfo(id), 'title', title)
    await redis.hset(bookOf(keys, id).titles, foldTitle(title), id)
  }
}

/** Everybody's rights, and what is public, on albums that are there. */
const checkRights = async (
  { redis, keys }: Session,
  { live }: Listed,
  findings: Findings,
  repair: boolean,
) => {
  for (const id of await redis.smembers(keys.public))
    if (!live.has(id)) {
      findings.note('public albums that are not there', id)
      if (repair) await redis.srem(keys.public, id)
    }
  const holders = [
    ...(await redis.smembers(keys.users)).map((name) => keys.grants(name)),
    ...(await redis.smembers(keys.groups)).map((name) => keys.groupGrants(name)),
  ]
  for (const grants of holders)
    for (const id of await redis.hkeys(grants))
      if (!live.has(id)) {
        findings.note('rights on albums that are not there', `${grants} ${id}`)
        if (repair) await redis.hdel(grants, id)
      }
}

const badThumbs = {
  unnamed: 'thumbnails that photos do not name',
  missing: 'thumbnails that are not there',
  overwritten: 'thumbnails that were overwritten',
  'short-lived': 'thumbnails that will be gone too early',
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

/** A photo is in one album: the same id in a second one is somebody's mistake, and only told. */
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

/**
 * Walks the whole gallery and tells what does not hold together: each photo in one album or its trash, every entry of an
 * index with its photo and the reverse, counts, titles, rights, thumbnails. `repair` rebuilds the indexes from the photos'
 * records. Best while nobody changes anything, as it looks at one thing after the other. Administrators.
 */
export const checkGallery = (session: Session, options: CheckOptions): Promise<Finding[]> =>
  onRedis(async () => {
    const findings = new Findings()
    const known = await listed(session)
    await checkTitles(session, known, findings)
    const seen = new Map<string, string>()
    for (const [id, own] of await keysByAlbum(session)) {
      if (!known.live.has(id) && !known.deleted.has(id)) {
        findings.note('keys of albums that are not there', own[0] ?? id)
        continue
      }
      const album = await readAlbum(session, id, own)
      const before = findings.count
      checkAlbum(album, findings)
      checkTwins(seen, id, album.records.keys(), findings)
      if (options.repair && findings.count > before) await repairAlbum(session, album)
    }
    if (options.repair) await repairTitles(session, known)
    await checkRights(session, known, findings, options.repair)
    await checkThumbs(session, findings, options)
    return findings.list()
  })
