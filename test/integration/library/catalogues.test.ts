import { readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listCollections } from '../../../src/core/collections/collections.ts'
import { applyChanges } from '../../../src/core/changes/apply-changes.ts'
import type { Library } from '../../../src/core/library/library.ts'
import { throughSteps } from '../../../src/shared/domain/through-steps.ts'
import { newOperationId } from '../../../src/shared/domain/random-ids.ts'
import type { CatalogueOptions } from '../../../src/shared/schemas/catalogue.ts'
import { drawDigikam, drawLightroom } from '../../support/catalogues.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A library of `Trip/one.jpg` and `Trip/two.jpg`. */
const started = async () => {
  const folder = temporaryFolder()
  const trip = join(folder, 'Trip')
  await drawPhotos(trip, 2)
  for (const [i, name] of readdirSync(trip).sort().entries())
    renameSync(join(trip, name), join(trip, ['one.jpg', 'two.jpg'][i] ?? name))
  const { library, session } = await startLibrary()
  await takeIn(library, folder)
  const photo = async (name: string) => {
    const found = (await allPhotos(session)).find((one) => one.path.endsWith(name))
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  return { folder, library, session, photo }
}

const importFrom = (library: Library, options: CatalogueOptions) =>
  throughSteps(library.importCatalogue(options, undefined), () => undefined)

test('a catalogue of Lightroom gives photos their stars, flags, labels, titles, captions, branches of tags and collections, once', async () => {
  const { folder, library, session, photo } = await started()
  const source = join(temporaryFolder(), 'Own.lrcat')
  drawLightroom(source, folder)
  expect(await importFrom(library, { source })).toMatchObject({
    ...{ program: 'lightroom', found: 3, matched: 2, collections: 1 },
    absent: [join(folder, 'Trip', 'gone.jpg')],
  })
  const one = await photo('one.jpg')
  expect(one).toMatchObject({ rating: 5, flag: 'pick', label: 'red', title: 'Noon & after' })
  expect(one.caption).toBe('The harbour\nat noon')
  expect(one.tags).toEqual(['Places/Corsica', 'A∕C'])
  expect(await photo('two.jpg')).toMatchObject({ rating: 2, flag: 'reject', label: null })
  const [collection] = await listCollections(session)
  expect(collection).toMatchObject({ title: 'Prints › Wall', photos: 2, smart: false })
  const order = await session.redis.zrange(session.keys.collectionPhotos(collection?.id ?? ''), '0', '-1')
  expect(order).toEqual([(await photo('two.jpg')).id, one.id])
  expect(await importFrom(library, { source })).toMatchObject({ matched: 2, changed: 0, collections: 0 })
  expect(await listCollections(session)).toHaveLength(1)
})

test('what users entered stands over what a catalogue says, and tags that they gave stay', async () => {
  const { folder, library, session, photo } = await started()
  const { album, id } = await photo('one.jpg')
  await applyChanges(session, {
    act: newOperationId(),
    mode: 'free',
    changes: [
      { kind: 'edit', album, field: 'rating', values: [{ photo: id, to: '1' }] },
      { kind: 'tag', album, photos: [id], add: ['mine'], remove: [] },
    ],
  })
  const source = join(temporaryFolder(), 'Own.lrcat')
  drawLightroom(source, folder)
  await importFrom(library, { source })
  expect(await photo('one.jpg')).toMatchObject({ rating: 1, flag: null, label: 'red' })
  expect((await photo('one.jpg')).tags).toContain('mine')
})

test('photos that lie elsewhere now are found below the folder that is named for them, also where its paths are Windows’s', async () => {
  const { folder, library, photo } = await started()
  const source = join(temporaryFolder(), 'Own.lrcat')
  drawLightroom(source, 'D:\\Photos')
  expect(await importFrom(library, { source })).toMatchObject({ matched: 0 })
  expect(await importFrom(library, { source, from: 'D:\\Photos\\', to: folder })).toMatchObject({
    matched: 2,
  })
  expect(await photo('one.jpg')).toMatchObject({ rating: 5 })
})

test('a database of digiKam gives titles, captions, marks and tags; what it hides is passed over', async () => {
  const { folder, library, photo } = await started()
  const source = join(temporaryFolder(), 'digikam4.db')
  drawDigikam(source, folder)
  expect(await importFrom(library, { source: dirname(source) })).toMatchObject({
    program: 'digikam',
    found: 3,
    matched: 2,
  })
  expect(await photo('one.jpg')).toMatchObject({
    ...{
      title: 'Noon',
      caption: 'The harbour',
      rating: 4,
      flag: 'pick',
      label: 'green',
      tags: ['People/Ana'],
    },
  })
  expect(await photo('two.jpg')).toMatchObject({ rating: 0, tags: ['People/Ana'] })
})

test('a Google Takeout gives captions, people and favourites; its date counts where the file has none', async () => {
  const { folder, library, photo } = await started()
  const before = (await photo('one.jpg')).takenAt
  await drawPhoto(join(folder, 'Trip', 'undated.jpg'))
  library.lookAgain()
  await library.settled()
  const beside = (name: string, data: object) =>
    writeFileSync(join(folder, 'Trip', name), JSON.stringify(data))
  beside('one.jpg.supplemental-metadata.json', {
    title: 'one.jpg',
    description: 'At noon',
    photoTakenTime: { timestamp: '1000000000', formatted: '9 Sept 2001, 01:46:40 UTC' },
    geoData: { latitude: 0, longitude: 0 },
    people: [{ name: 'Ana' }],
    favorited: true,
  })
  beside('undated.jpg.suppl.json', { photoTakenTime: { timestamp: '1000000000' } })
  beside('two.jpg.json', { title: 'two.jpg', photoTakenTime: 'yesterday' })
  expect(await importFrom(library, { source: folder })).toMatchObject({
    program: 'takeout',
    found: 2,
    matched: 2,
  })
  const one = await photo('one.jpg')
  expect(one).toMatchObject({ caption: 'At noon', flag: 'pick', tags: ['Ana'] })
  expect(one.takenAt).toBe(before)
  expect(Date.parse((await photo('undated.jpg')).takenAt ?? '')).toBe(1e12)
})

test('what is no catalogue is refused in words: any file, another database, a folder without a Takeout, nothing', async () => {
  const { folder, library } = await started()
  const other = join(temporaryFolder(), 'text.lrcat')
  writeFileSync(other, 'no database')
  const from = (source: string) => importFrom(library, { source })
  await expect(from(other)).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    text: { id: 'catalogueUnreadable' },
  })
  await expect(from(folder)).rejects.toMatchObject({ code: 'UNSUPPORTED', text: { id: 'catalogueUnknown' } })
  await expect(from(join(folder, 'none'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
