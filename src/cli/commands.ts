import { createRouterClient } from '@orpc/server'
import { openLibrary } from '../core/library/open.ts'
import { router } from '../router/index.ts'
import type { Album, PhotoDetails, SessionInfo } from '../shared/schemas.ts'
import { withClient, withGallery } from './client.ts'
import { importFolders } from './import.ts'
import { count, table, type Output } from './output.ts'

/** `import`: takes folders in. */
export const runImport = (out: Output, folders: string[], album?: string): Promise<number> =>
  withGallery(async (gallery) => {
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

/** Photos a line each: id, time, size, place on disk. */
export const photoWords = (photos: PhotoDetails[]) =>
  table(
    photos.map(({ id, takenAt, width, height, path }) => [id, takenAt ?? '', `${width} × ${height}`, path]),
  )

const page = 1000

/** `photos ALBUM`: every photo of an album with its place on disk. */
export const runPhotos = (out: Output, wanted: string) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    const photos: PhotoDetails[] = []
    for (let offset = 0; offset < album.photos; offset += page)
      photos.push(...(await client.photos.list({ album: album.id, offset, limit: page })))
    out.answer(photos, photoWords)
  })

/** `album public|private ALBUM`: lets guests see it, or no longer. */
export const runPublish = (out: Output, wanted: string, shown: boolean) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    await client.albums.publish({ album: album.id, public: shown })
    out.answer({ ...album, public: shown }, ({ title }) => [
      shown ? `Everybody may see “${title}” now.` : `Guests do not see “${title}” any more.`,
    ])
  })

const whoWords = ({ account, displayName, administrator, redis }: SessionInfo) => [
  `${account} (${displayName}${administrator ? ', administrator' : ''}), Redis ${redis}`,
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
