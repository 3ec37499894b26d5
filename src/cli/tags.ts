import type { PhotoQuery, TagCount } from '../shared/schemas/photo.ts'
import { foldTag } from '../shared/domain/tags.ts'
import { GalleryError } from '../shared/errors.ts'
import { withClient } from './client.ts'
import { count, table, type Output } from './output.ts'
import { listPhotos } from './commands.ts'

const viewOf = (tag: string): PhotoQuery => ({
  album: null,
  sort: 'taken',
  descending: false,
  filter: { all: [tag] },
})

const tagWords = (tags: TagCount[]) =>
  tags.length === 0
    ? ['No photo is tagged yet.']
    : table(tags.map(({ tag, photos }) => [tag, count(photos, 'photo')]))

/** `tags`: every tag of the albums that one may read. */
export const runTags = (out: Output) =>
  withClient(async (client) => out.answer(await client.tags.list(), tagWords))

/** `tagged TAG`: the photos with a tag or one below it, in every album that one may read. */
export const runTagged = (out: Output, tag: string) =>
  withClient(async (client) => {
    if (foldTag(tag) === '') throw new GalleryError('INVALID', 'blankTag')
    const { total } = await client.photos.page({ view: viewOf(tag), offset: 0, limit: 1 })
    await listPhotos(out, total, (offset, limit) =>
      client.photos.details({ view: viewOf(tag), offset, limit }),
    )
  })
