import type { PhotoQuery } from '../shared/schemas/photo.ts'
import { GalleryError } from '../shared/errors.ts'
import { parseSearch } from '../shared/domain/search/parse-search.ts'
import { withClient, type Client } from './client.ts'
import { listPhotos } from './commands.ts'
import { count, printable, type Output } from './output.ts'

export interface SearchOptions {
  album?: string
}

/** Albums of which comments have the words are no photos: they are told beside these. */
const tellAlbums = async (client: Client, album: string | null, text: string) => {
  const { albums } = await client.comments.search({ album, text })
  const titles = new Map((await client.albums.list()).map(({ id, title }) => [id, title]))
  for (const { album: id, comments } of albums)
    console.error(`${count(comments, 'comment')} of the album “${printable(titles.get(id) ?? id)}”`)
}

/** `search WORDS`: the photos that the one search of the window finds, the first taken first. */
export const runSearch = (out: Output, words: string[], options: SearchOptions) =>
  withClient(async (client) => {
    const text = words.join(' ')
    if (parseSearch(text).length === 0) throw new GalleryError('INVALID', 'blankSearch')
    const album = options.album === undefined ? null : (await client.albums.find({ album: options.album })).id
    const view: PhotoQuery = { album, sort: 'taken', descending: false, filter: { text } }
    const { total } = await client.photos.page({ view, offset: 0, limit: 1 })
    await listPhotos(out, total, (offset, limit) => client.photos.details({ view, offset, limit }))
    await tellAlbums(client, album, text)
  })
