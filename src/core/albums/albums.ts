import { byName } from '../../shared/domain/by-name.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Album } from '../../shared/schemas/album.ts'
import { PhotoId } from '../../shared/schemas/ids.ts'
import { downloadsOf } from '../access/visitors.ts'
import { readOfAlbums } from './shown-albums.ts'
import { publicIds, visibleAlbums } from './visible-albums.ts'
import { line, lines } from '../photos/field-values.ts'
import { readHashes, readSizes, type FieldLimits } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import { onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'
import type { Session } from '../gallery/session.ts'

/** A title as titles are compared: two that differ by case or composition alone are the same. */
export const foldTitle = (title: string) => title.normalize('NFC').toLowerCase()

/** Bytes of a title: 200 characters of four. */
export const maxTitleBytes = 800

const infoFields = {
  title: maxTitleBytes,
  description: 40_000,
  cover: 32,
  deleted: 32,
} as const satisfies FieldLimits

const readInfos = (redis: Connection, infos: string[]) => readHashes(redis, infos, infoFields)

/** Where the albums of a gallery stood when they were sorted last, by the titles that they had then. */
const lastOrder = new WeakMap<Keys, Map<string, { at: number; title: string }>>()

/** Albums by title. Comparing thousands of titles takes longer than reading them: what was in order last time is put there. */
const sortedByTitle = (keys: Keys, albums: Album[]): Album[] => {
  const places = lastOrder.get(keys)
  const [known, others]: [Album[], Album[]] = [[], []]
  for (const album of albums) {
    const place = places?.get(album.id)
    if (place?.title === album.title) known[place.at] = album
    else others.push(album)
  }
  const inOrder = known.flat() // without the holes of those that are not among these
  if (others.length === 0) return inOrder
  const sorted = [...inOrder, ...others].sort((a, b) => byName(a.title, b.title))
  if (sorted.length >= (places?.size ?? 0) / 2)
    lastOrder.set(keys, new Map(sorted.map(({ id, title }, at) => [id, { at, title }])))
  return sorted
}

/** The albums that the session may read, by title. */
export const listAlbums = (session: Session): Promise<Album[]> =>
  onRedis(async () => {
    const { keys } = session
    const [visible, listed, downloadOf] = await Promise.all([
      visibleAlbums(session),
      publicIds(session),
      downloadsOf(session),
    ])
    const [ids, shown] = [[...visible.keys()], new Set(listed)]
    const [infos, sizes] = await Promise.all([
      readOfAlbums(session, 'info', { albums: ids, keys: ids.map((id) => keys.albumInfo(id)) }, readInfos),
      readOfAlbums(session, 'size', { albums: ids, keys: ids.map((id) => keys.albumPhotos(id)) }, readSizes),
    ])
    const albums = ids.flatMap((id, i): Album[] => {
      const [title, description, cover, deleted] = infos[i] ?? []
      if (!title || deleted) return []
      return [
        {
          id,
          title: line(title),
          photos: sizes[i] ?? 0,
          public: shown.has(id),
          description: lines(description ?? ''),
          cover: cover && PhotoId.safeParse(cover).success ? cover : null,
          right: visible.get(id) ?? 'read',
          download: downloadOf(id),
        },
      ]
    })
    return sortedByTitle(keys, albums)
  })

/** Finds an album by its id or its title, without regard to case. NOT_FOUND also where the session may not read it. */
export const findAlbum = async (session: Session, wanted: string): Promise<Album> => {
  const albums = await listAlbums(session)
  const title = foldTitle(wanted)
  const found =
    albums.find(({ id }) => id === wanted) ?? albums.find((album) => foldTitle(album.title) === title)
  if (!found) throw new GalleryError('NOT_FOUND', 'albumNotSeen', { title: wanted })
  return found
}
