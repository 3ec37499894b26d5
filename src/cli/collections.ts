import { plainText } from '../shared/domain/fold-text.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Collection } from '../shared/schemas/collection.ts'
import type { PhotoQuery } from '../shared/schemas/photo.ts'
import { withClient, type Client } from './client.ts'
import { listPhotos } from './commands.ts'
import { count, table, type Output } from './output.ts'

/** What the command line says of a collection. */
type CollectionLine = Pick<Collection, 'id' | 'title' | 'smart' | 'public' | 'search'> & { photos: number }

const viewOf = (collection: string): PhotoQuery => ({
  album: null,
  collection,
  sort: 'manual',
  descending: false,
})

const words = (collections: CollectionLine[]) =>
  collections.length === 0
    ? ['No collection yet.']
    : table(
        collections.map(({ id, title, photos, smart, public: shown }) => [
          title,
          count(photos, 'photo'),
          smart ? 'smart album' : '',
          shown ? 'public' : '',
          id,
        ]),
      )

const sizeOf = async (client: Client, collection: string) =>
  (await client.photos.page({ view: viewOf(collection), offset: 0, limit: 1 })).total

/** `collections`: the collections that one may see, smart albums among them. */
export const runCollections = (out: Output) =>
  withClient(async (client) => {
    const lines: CollectionLine[] = []
    for (const { id, title, smart, search, photos, public: shown } of await client.collections.list())
      lines.push({ id, title, smart, search, public: shown, photos: photos ?? (await sizeOf(client, id)) })
    out.answer(lines, words)
  })

/** The collection of an id, or the one of a title. */
const find = async (client: Client, wanted: string): Promise<Collection> => {
  const all = await client.collections.list()
  const title = plainText(wanted.trim())
  const byId = all.filter(({ id }) => id === wanted)
  const found = byId.length > 0 ? byId : all.filter((one) => plainText(one.title) === title)
  const [only, another] = found
  if (!only) throw new GalleryError('NOT_FOUND', 'noSuchCollection', { collection: wanted })
  if (another) throw new GalleryError('CONFLICT', 'severalCollections', { collection: wanted })
  return only
}

/** `collection COLLECTION`: its photos in their order by hand; of a smart album, what it finds, the last taken first. */
export const runCollection = (out: Output, wanted: string) =>
  withClient(async (client) => {
    const { id, smart, search } = await find(client, wanted)
    if (smart && !search) throw new GalleryError('UNSUPPORTED', 'searchUnreadable')
    await listPhotos(out, await sizeOf(client, id), (offset, limit) =>
      client.photos.details({ view: viewOf(id), offset, limit }),
    )
  })
