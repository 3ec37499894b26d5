import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import type { Said } from '../../../src/core/library/decode/metadata.ts'
import type { NewPhoto } from '../../../src/core/library/writing/photo-fields.ts'
import { addPhotos, changePhoto } from '../../../src/core/library/writing/photo-writer.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { showPhoto } from '../../../src/core/photos/photos.ts'
import { listTags } from '../../../src/core/photos/tags.ts'
import type { EditField } from '../../../src/shared/schemas/change.ts'
import { startGallery } from '../../support/gallery.ts'
import { change, findings, readPhoto } from '../../support/organise.ts'

const nothing: Said = { title: '', caption: '', rating: '', flag: '', label: '', tags: [] }
const path = '/photos/one.jpg'

let serial = 0
const photoSaying = (said: Partial<Said>): NewPhoto => ({
  path,
  read: { ...readPhoto(serial++), said: { ...nothing, ...said } },
})

/** A photo whose file says this, in an album of its own. */
const photoIn = async (session: Session, said: Partial<Said>) => {
  const { id: album } = await createAlbum(session, { title: `Album ${serial}` })
  await session.redis.del(session.keys.library(session.account, session.host))
  const entry = (await addPhotos(session, album, [photoSaying(said)])).get(path)
  if (!entry) throw new Error('the photo should have been added')
  const { photo: id } = entry
  return {
    album,
    id,
    show: () => showPhoto(session, album, id),
    says: (next: Partial<Said>) => changePhoto(session, entry, photoSaying(next)),
    enters: (field: EditField, to: string | null) =>
      change(session, [{ kind: 'edit', album, field, values: [{ photo: id, to }] }]),
    tags: (add: string[], remove: string[]) =>
      change(session, [{ kind: 'tag', album, photos: [id], add, remove }]),
  }
}

const start = async () => (await startGallery()).gallery.self()

test('what a file says is shown, found by its tags, and follows the file', async () => {
  const session = await start()
  const photo = await photoIn(session, {
    title: 'One',
    rating: '3',
    flag: 'reject',
    label: 'red',
    tags: ['Birds/Heron', 'sea'],
  })
  expect(await photo.show()).toMatchObject({
    ...{ title: 'One', rating: 3, flag: 'reject', label: 'red', tags: ['Birds/Heron', 'sea'] },
  })
  await photo.says({ title: 'Two', rating: '', tags: ['sea', 'sun'] })
  expect(await photo.show()).toMatchObject({
    title: 'Two',
    rating: 0,
    flag: null,
    label: null,
    tags: ['sea', 'sun'],
  })
  expect((await listTags(session)).map(({ tag }) => tag)).toEqual(['sea', 'sun'])
  expect(await findings(session)).toEqual([])
})

test('what a user entered stays, and what a user took away stays away', async () => {
  const session = await start()
  const photo = await photoIn(session, {
    title: 'One',
    caption: 'by the file',
    rating: '3',
    tags: ['sea', 'sun'],
  })
  await photo.enters('title', 'Ours')
  await photo.enters('caption', null)
  await photo.tags(['mine'], ['sea'])
  await photo.says({ title: 'Two', caption: 'changed', rating: '4', tags: ['sea', 'sun', 'sky'] })
  expect(await photo.show()).toMatchObject({
    title: 'Ours',
    caption: '',
    rating: 4,
    tags: ['sun', 'mine', 'sky'],
  })
  await photo.says({})
  expect(await photo.show()).toMatchObject({ title: 'Ours', caption: '', rating: 0, tags: ['mine'] })
})

test('a user entered it before the file said the same: it stays when the file says it no longer', async () => {
  const session = await start()
  const photo = await photoIn(session, { rating: '2' })
  await photo.enters('rating', '4')
  await photo.tags(['sea'], [])
  await photo.says({ rating: '4', tags: ['sea'] })
  await photo.says({ rating: '1', tags: [] })
  expect(await photo.show()).toMatchObject({ rating: 4, tags: ['sea'] })
})

test('photos of an older Cimaise keep what users entered, and get what nobody did', async () => {
  const session = await start()
  const photo = await photoIn(session, {})
  await photo.enters('rating', '5')
  await photo.tags(['ours'], [])
  await session.redis.hdel(session.keys.photo(photo.album, photo.id), 'said', 'saidtags')
  await photo.says({ title: 'One', rating: '1', tags: ['theirs'] })
  expect(await photo.show()).toMatchObject({ title: 'One', rating: 5, tags: ['ours', 'theirs'] })
})

test('a photo in the trash follows its file, and comes back with its tags', async () => {
  const session = await start()
  const photo = await photoIn(session, { tags: ['Sea', 'sun'] })
  await change(session, [{ kind: 'trash', album: photo.album, photos: [photo.id] }])
  await photo.says({ tags: ['Sea', 'Sky'] })
  expect(await findings(session)).toEqual([])
  await change(session, [{ kind: 'restore', album: photo.album, photos: [photo.id] }])
  expect((await photo.show()).tags).toEqual(['Sea', 'Sky'])
  expect(await findings(session)).toEqual([])
})

const allTags = ['sea', 'sun', 'sky', 'sea/deep']
const tag = fc.constantFrom(...allTags)
const rating = fc.constantFrom('', '1', '2', '3')
const step = fc.oneof(
  fc.record({ kind: fc.constant('file' as const), rating, tags: fc.uniqueArray(tag) }),
  fc.record({ kind: fc.constant('rate' as const), rating }),
  fc.record({ kind: fc.constant('tag' as const), tag, add: fc.boolean() }),
)

test('whatever file and user do in turn, nothing that a user entered is lost', async () => {
  const session = await start()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      const photo = await photoIn(session, {})
      const seen = async () => {
        const { rating, tags } = await photo.show()
        return new Map<string, unknown>([
          ['rating', rating],
          ...allTags.map((name) => [name, tags.includes(name)] as const),
        ])
      }
      let atLastReading = await seen()
      const entered = new Map<string, unknown>()
      let saidLast: string[] = []
      for (const one of steps) {
        if (one.kind === 'rate') await photo.enters('rating', one.rating || null)
        else if (one.kind === 'tag') await photo.tags(one.add ? [one.tag] : [], one.add ? [] : [one.tag])
        else {
          // What is other than at the last reading, or was entered before that one, is the user's.
          for (const [what, value] of await seen())
            if (entered.has(what) || value !== atLastReading.get(what)) entered.set(what, value)
          // A tag that a user gave and took away again, and that the file never had, is as if it had never been.
          for (const [what, value] of entered)
            if (value === false && !saidLast.includes(what)) entered.delete(what)
          await photo.says({ rating: one.rating, tags: one.tags })
          saidLast = one.tags
          atLastReading = await seen()
          for (const [what, value] of entered) {
            const isGone = value === false && !one.tags.includes(what)
            if (isGone) entered.delete(what) // neither has it any more: the file may bring it again
            expect(atLastReading.get(what), what).toBe(value)
          }
        }
      }
      expect(await findings(session)).toEqual([])
    }),
    { numRuns: 40 },
  )
})
