import type { PhotoDetails, TagCount } from '../shared/schemas.ts'
import { foldTag } from '../shared/tags.ts'
import { GalleryError } from '../shared/errors.ts'
import { withClient } from './client.ts'
import { count, table, type Output } from './output.ts'
import { photoWords } from './commands.ts'

const page = 1000

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
    if (foldTag(tag) === '') throw new GalleryError('INVALID', 'A tag of blanks is no tag.')
    const view = { album: null, sort: 'taken', descending: false, filter: { all: [tag] } } as const
    const photos: PhotoDetails[] = []
    for (;;) {
      const part = await client.photos.details({
        view: { ...view, filter: { all: [tag] } },
        offset: photos.length,
        limit: page,
      })
      photos.push(...part)
      if (part.length < page) break
    }
    out.answer(photos, photoWords)
  })
