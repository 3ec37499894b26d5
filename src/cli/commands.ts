import { createRouterClient } from '@orpc/server'
import { router } from '../router/index.ts'
import type { Album } from '../shared/schemas/album.ts'
import type { SessionInfo } from '../shared/schemas/gallery.ts'
import type { PhotoDetails, PhotoSort } from '../shared/schemas/photo.ts'
import { withClient, withGallery } from './client.ts'
import { importFolders } from './import.ts'
import { switchesIn, type VisitorOptions } from './visitor-options.ts'
import { count, printable, table, type Output } from './output.ts'

/** `import`: takes folders in. */
export const runImport = (out: Output, folders: string[], album?: string): Promise<number> =>
  withGallery(async (gallery) => {
    // Only this command decodes pictures: the others start without what that takes.
    const { openLibrary } = await import('../core/library/watched-library.ts')
    const session = await gallery.self()
    const library = await openLibrary(session, gallery.home, { watch: false })
    try {
      const context = { gallery, session, library, desktop: null, shell: 'cli' as const }
      return await importFolders(createRouterClient(router, { context }), out, folders, album)
    } finally {
      await library.close()
    }
  })

/** What the outside interface says of an album (design, section 7). */
type AlbumLine = Pick<Album, 'id' | 'title' | 'photos' | 'public'>

const albumWords = (albums: AlbumLine[]) =>
  albums.length === 0
    ? ['No album yet. `cimaise import FOLDER` makes one of each folder with photos.']
    : table(
        albums.map(({ id, title, photos, public: shown }) => [
          title,
          count(photos, 'photo'),
          shown ? 'public' : '',
          id,
        ]),
      )

/** `albums`: the albums that one may read. */
export const runAlbums = (out: Output) =>
  withClient(async (client) => {
    const albums = await client.albums.list()
    out.answer(
      albums.map(({ id, title, photos, public: shown }) => ({ id, title, photos, public: shown })),
      albumWords,
    )
  })

/** A photo as a line: id, time, size, place on disk. */
const photoRow = ({ id, takenAt, width, height, path }: PhotoDetails) => [
  id,
  takenAt ?? '',
  `${width} × ${height}`,
  path,
]

/** Photos asked for at once, which is what the contract allows. */
const photosPerPage = 1000

/**
 * The stretches of a list of so many photos. A photo that is gone meanwhile, or whose record is none, makes a page shorter,
 * and ends nothing; how many were left out is told at the end.
 */
async function* inPages(total: number, fetch: (offset: number, limit: number) => Promise<PhotoDetails[]>) {
  let leftOut = total
  for (let offset = 0; offset < total; offset += photosPerPage) {
    const photos = await fetch(offset, photosPerPage)
    leftOut -= photos.length
    yield photos
  }
  if (leftOut > 0)
    console.error(
      `${count(leftOut, 'record')} left out, damaged or gone meanwhile. \`cimaise doctor --check\` names them.`,
    )
}

/** Prints so many photos while they come. */
export const listPhotos = (
  out: Output,
  total: number,
  fetch: (offset: number, limit: number) => Promise<PhotoDetails[]>,
) => out.list(inPages(total, fetch), photoRow)

/** By what `photos` lists them: by time, or by the places of their statuses in the gallery's list, those without one last. */
export type PhotosOrder = Extract<PhotoSort, 'taken' | 'status'>

/** `photos ALBUM`: every photo of an album with its place on disk. */
export const runPhotos = (out: Output, wanted: string, sort: PhotosOrder) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    await listPhotos(out, album.photos, (offset, limit) =>
      sort === 'taken'
        ? client.photos.list({ album: album.id, offset, limit })
        : client.photos.details({ view: { album: album.id, sort, descending: false }, offset, limit }),
    )
  })

/** `album public|private ALBUM`: lets guests see it, or no longer. */
export const runPublish = (out: Output, wanted: string, shown: boolean, visitors: VisitorOptions = {}) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    await client.albums.publish({ album: album.id, public: shown, shows: switchesIn(visitors) })
    out.answer({ ...album, public: shown }, ({ title }) => [
      shown
        ? `Everybody may see “${printable(title)}” now.`
        : `Guests do not see “${printable(title)}” any more.`,
    ])
  })

const whoWords = ({ account, displayName, administrator, redis }: SessionInfo) => [
  `${account} (${printable(displayName)}${administrator ? ', administrator' : ''}), Redis ${redis}`,
]

/** `whoami`: the account that the command line acts as. */
export const runWhoami = (out: Output) =>
  withClient(async (client) => out.answer(await client.gallery.session(), whoWords))

/** `redis-url`: a URL with one's own login, for `redis-cli -u`. The embedded server stops with its last user. */
export const runRedisUrl = (out: Output) =>
  withGallery(async (gallery) => {
    await gallery.self()
    out.answer({ url: gallery.redisUrl() }, ({ url }) => [url])
  })
