import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { keptPlace } from '../../../src/core/photos/kept-indexes.ts'
import { pageOfPhotos } from '../../../src/core/photos/photos.ts'
import { warmIndexes } from '../../../src/core/photos/warm-index.ts'
import { addAccount } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos, change } from '../../support/organise.ts'

const count = 300
const sureOf = { wait: 0, many: 1 }

const start = async () => {
  const { gallery, env } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', count)
  await change(owner, [
    {
      kind: 'edit',
      album,
      field: 'caption',
      values: [{ photo: photos[0] ?? '', to: 'Zanzibar', from: null }],
    },
  ])
  const place = keptPlace(gallery)
  await warmIndexes(owner, { place, ...sureOf }).done
  return { gallery, env, owner, album, photos, place }
}

/** The gallery as a program sees it that starts anew. */
const startAgain = async (env: NodeJS.ProcessEnv) => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const place = keptPlace(gallery)
  const warm = (session = owner) => warmIndexes(session, { place, ...sureOf })
  return { gallery, owner, place, warm }
}

const found = async (session: Session, text: string) => {
  const view = { album: null, sort: 'taken' as const, descending: true, filter: { text } }
  return (await pageOfPhotos(session, view, 0, 500)).photos.map(({ id }) => id)
}

const recordsRead = async ({ redis }: Session, work: () => Promise<unknown>) => {
  const read = async () =>
    Number(/cmdstat_hmget:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0)
  const before = await read()
  await work()
  return (await read()) - before
}

const filesIn = (folder: string) => readdirSync(folder).map((name) => join(folder, name))

test('after a restart a search reads the records of those photos alone that have changed meanwhile', async () => {
  const { env, owner, album, photos } = await start()
  await change(owner, [
    {
      kind: 'edit',
      album,
      field: 'title',
      values: [{ photo: photos[5] ?? '', to: 'Zanzibar too', from: null }],
    },
    { kind: 'trash', album, photos: photos.slice(7, 8) },
  ])
  const again = await startAgain(env)
  const { done } = again.warm()
  expect(
    await recordsRead(owner, async () => {
      expect((await found(again.owner, 'zanzibar')).toSorted()).toEqual([photos[0], photos[5]].toSorted())
      await done
    }),
  ).toBeLessThan(count / 10)
  expect(await found(again.owner, 'jpg')).toHaveLength(count - 1)
  // What had changed is kept from then on, and nothing is written where nothing has.
  const written = () => filesIn(again.place.folder).map((file) => readFileSync(file).toString('base64'))
  const once = written()
  const third = await startAgain(env)
  await third.warm().done
  expect(written()).toEqual(once)
  expect(await found(third.owner, 'zanzibar')).toHaveLength(2)
})

test('what is kept on the disk shows nothing to those who may not read the album', async () => {
  const { gallery, owner, env } = await start()
  const { key } = await addAccount(gallery, owner, 'ana')
  const again = await startAgain(env)
  await again.warm().done
  const ana = await again.gallery.login('ana', key)
  expect(await found(ana, 'zanzibar')).toEqual([])
  expect(await found(await again.gallery.guest(), 'zanzibar')).toEqual([])
  expect(await found(again.owner, 'zanzibar')).toHaveLength(1)
})

test('files hold no word that can be read, and what is no file of the gallery is not believed', async () => {
  const { env, place, photos, owner } = await start()
  await albumWithPhotos(owner, 'Elba', 3)
  const [file = ''] = filesIn(place.folder)
  const bytes = readFileSync(file)
  expect(bytes.toString('latin1')).not.toMatch(/zanzibar|corsica|jpg/i)
  for (let n = 0; n < 128; n++)
    writeFileSync(join(place.folder, `${n}.sealed`), n % 2 ? bytes : 'no file of ours')
  const changed = Buffer.from(bytes)
  changed[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
  writeFileSync(file, changed)
  const again = await startAgain(env)
  await again.warm().done
  expect(await found(again.owner, 'zanzibar')).toEqual([photos[0]])
  expect(await found(again.owner, 'jpg')).toHaveLength(count + 3)
})

test('an album that is there no more leaves nothing on the disk, nor does a gallery that has become small', async () => {
  const { env, owner, album, place } = await start()
  const kept = () => filesIn(place.folder).map((file) => readFileSync(file).length)
  const [before = 0] = kept()
  await albumWithPhotos(owner, 'Elba', 3)
  await change(owner, [{ kind: 'delete-album', album }])
  const again = await startAgain(env)
  await again.warm().done
  expect(await found(again.owner, 'jpg')).toHaveLength(3)
  expect(kept()).toHaveLength(1)
  expect(kept()[0]).toBeLessThan(before / 10)
  await warmIndexes(again.owner, { place, wait: 0 }).done
  expect(() => readdirSync(place.folder)).toThrow(/ENOENT/)
})

test('a member who may not read all albums keeps none of them on the disk', async () => {
  const { gallery, owner, env, place } = await start()
  const { key } = await addAccount(gallery, owner, 'ana')
  const before = filesIn(place.folder)
  const again = await startAgain(env)
  await again.warm(await again.gallery.login('ana', key)).done
  expect(filesIn(place.folder)).toEqual(before)
})
