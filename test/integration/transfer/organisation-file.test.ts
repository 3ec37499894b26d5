import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createAccount, editAccount } from '../../../src/core/access/accounts.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { createGroup } from '../../../src/core/access/groups.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { exportOrganisation } from '../../../src/core/transfer/export-organisation.ts'
import { importOrganisation } from '../../../src/core/transfer/import-organisation.ts'
import { listSelections } from '../../../src/core/selections/client-selections.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import { editComment, hideComment, writeComment } from '../../../src/core/comments/comments.ts'
import { setStatuses } from '../../../src/core/statuses/set-statuses.ts'
import { usualStatuses } from '../../../src/shared/schemas/status.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { grant } from '../../support/accounts.ts'
import { startEmbeddedGallery, startGallery } from '../../support/gallery.ts'
import { allPhotos, startEmbeddedLibrary, takeIn } from '../../support/library.ts'
import { openLibrary } from '../../../src/core/library/watched-library.ts'
import { change, findings } from '../../support/organise.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { addLink, choosing } from '../../support/links.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A gallery with something of everything that users make. */
const furnished = async () => {
  const started = await startEmbeddedLibrary()
  const { gallery, session, library } = started
  const folder = temporaryFolder()
  await drawPhotos(join(folder, 'Sea'), 4)
  await drawPhotos(join(folder, 'Hills'), 3, 50)
  await takeIn(library, folder)
  const all = await allPhotos(session)
  const albumOf = (title: string) => all.find(({ path }) => path.includes(`/${title}/`))?.album ?? ''
  const [sea, hills] = [albumOf('Sea'), albumOf('Hills')]
  const inSea = all.filter(({ album }) => album === sea).map(({ id }) => id)
  const [first = '', second = '', third = ''] = inSea
  await change(session, [
    { kind: 'tag', album: sea, photos: inSea, add: ['Birds/Heron', 'Été'], remove: [] },
    { kind: 'edit', album: sea, field: 'title', values: [{ photo: second, to: 'Low tide “1”' }] },
    { kind: 'turn', album: sea, photos: [second, third], quarters: 1 },
    { kind: 'edit', album: sea, field: 'rating', values: [{ photo: second, to: '4' }] },
    { kind: 'order', album: sea, photos: [third], after: null, before: second },
    { kind: 'describe-album', album: sea, field: 'description', to: 'Two days\nof fog' },
    { kind: 'describe-album', album: sea, field: 'cover', to: third },
    { kind: 'trash', album: sea, photos: [first] },
  ])
  const printer = { id: 'printer', name: 'At the printer', colour: 'purple' as const }
  await setStatuses(session, { statuses: [printer, ...usualStatuses], replaced: [] })
  await change(session, [
    { kind: 'edit', album: sea, field: 'status', values: [{ photo: second, to: 'printer' }] },
  ])
  const gone = await change(session, [{ kind: 'create-album', title: 'Gone' }])
  await change(session, [{ kind: 'delete-album', album: gone.album ?? '' }])
  const member = { role: 'member' as const, canCreateAlbums: false }
  await createAccount(session, { ...member, name: 'ana', canCreateAlbums: true, key: 'a'.repeat(64) })
  await createAccount(session, { ...member, name: 'ben', displayName: 'Ben B.', key: 'b'.repeat(64) })
  await editAccount(session, { name: 'ben', disabled: true })
  await createGroup(session, { name: 'crew', join: ['ana'] })
  const search = { album: sea, filter: { rating: 3, text: 'tide' } }
  const [prints, removed] = [
    await change(session, [{ kind: 'create-collection', title: 'Prints' }]),
    await change(session, [{ kind: 'create-collection', title: 'Removed' }]),
    await change(session, [{ kind: 'create-collection', title: 'Rated', search }]),
  ]
  const collection = prints.collection ?? ''
  await grant(session, 'ana', { [collection]: 'read', [removed.collection ?? '']: 'read' })
  const values = [third, second].map((photo) => ({ photo, at: null }))
  await change(session, [
    { kind: 'collect', collection, values },
    { kind: 'describe-collection', collection, field: 'description', to: 'For the wall\nin the hall' },
    { kind: 'describe-collection', collection, field: 'cover', to: third },
    { kind: 'delete-collection', collection: removed.collection ?? '' },
  ])
  await publish(session, collection, true)
  await grant(session, 'ana', { [sea]: 'modify' })
  await publish(session, hills, true, {
    place: true,
    camera: false,
    marks: false,
    download: 'none',
    listed: true,
  })
  const comment = { album: sea, photo: second, text: 'Which bird?\nA heron.', spot: { x: 0.1, y: 0.75 } }
  const { number, writer } = await writeComment(session, comment)
  await editComment(session, { album: sea, number, text: 'A heron' })
  await writeComment(session, { ...comment, photo: null, spot: null })
  await hideComment(session, { album: sea, number, writer, hidden: true })
  const bride = await addLink(gallery, session, sea, { label: 'Bride', ...choosing(3) })
  await addLink(gallery, session, sea, { label: 'Groom', ...choosing(2) })
  for (const photo of [third, second]) await pickPhoto(bride.visitor, { photo, words: 'Large,\nplease' })
  await describeSelection(bride.visitor, { name: 'Anna Berg', note: 'In colour', done: true })
  return { ...started, folder, sea, hills }
}

const exported = async (started: Awaited<ReturnType<typeof furnished>>, thumbnails = false) => {
  const pieces: string[] = []
  await exportOrganisation(
    started.session,
    started.gallery.home,
    (text) => Promise.resolve(void pieces.push(text)),
    { thumbnails },
  )
  const file = join(temporaryFolder(), 'organisation.json')
  writeFileSync(file, pieces.join(''))
  return file
}

interface Document {
  [list: string]: unknown
  photos: { album: string; fields: Record<string, string> }[]
}
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Document

const sortedLists = ({ created: _, ...document }: Document) =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).toSorted() : value,
    ]),
  )

const photosNow = async (session: Session) =>
  (await allPhotos(session)).toSorted((a, b) => (a.id < b.id ? -1 : 1))

test('an exported organisation read into an empty gallery is equal to the last detail, and no file comes in twice', async () => {
  const source = await furnished()
  const file = await exported(source, true)
  const before = await photosNow(source.session)
  await source.library.close()
  const { gallery: empty, env } = await startEmbeddedGallery()
  const counts = await importOrganisation(await empty.self(), empty.home, file)
  expect(counts).toMatchObject({
    albums: 3,
    photos: 7,
    comments: 2,
    selections: 2,
    accounts: 3,
    groups: 1,
    roots: 1,
    files: 7,
  })
  await empty.close()

  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  const session = await gallery.self()
  expect(await photosNow(session)).toEqual(before)
  expect(await findings(session)).toEqual([])
  const lists = await listSelections(session, source.sea)
  expect(lists.map(({ name, label, closed, picks }) => [name, label, closed, picks.length])).toEqual([
    ['Anna Berg', 'Bride', true, 2],
    ['', 'Groom', true, 0],
  ])
  const library = await openLibrary(session, gallery.home, { watch: false, decoder: sharedDecoder() })
  onTestFinished(() => library.close())
  await takeIn(library, source.folder)
  expect(await photosNow(session)).toEqual(before)
  const again = await exported({ ...source, gallery, session }, true)
  expect(sortedLists(read(again))).toEqual(sortedLists(read(file)))
})

test.each<[string, (document: Document) => unknown, RegExp]>([
  ['cut', () => undefined, /not whole/],
  ['newer', (document) => ({ ...document, format: 99 }), /newer Cimaise/],
  ['of something else', () => ({ cimaise: 'backup' }), /the beginning/],
  [
    'with a photo of no album',
    (document) => ({
      ...document,
      photos: document.photos.map((photo) => ({ ...photo, album: 'x~abcdef' })),
    }),
    /not in the file/,
  ],
  [
    'with a field that cannot be',
    ({ photos, ...rest }) => ({
      ...rest,
      photos: photos.map((photo) => ({ ...photo, fields: { ...photo.fields, width: '1e99' } })),
    }),
    /width cannot be/,
  ],
  [
    'with an album id that is a pattern',
    (document) => ({ ...document, albums: [{ id: '*', title: 'All' }] }),
    /albums\[0\]/,
  ],
])('a file that is %s is refused with the reason, and nothing is written', async (_, spoil, reason) => {
  const source = await furnished()
  const file = await exported(source)
  const spoilt = spoil(read(file))
  writeFileSync(file, spoilt === undefined ? readFileSync(file).subarray(0, -200) : JSON.stringify(spoilt))
  const { gallery } = await startGallery()
  const session = await gallery.self()
  await expect(importOrganisation(session, gallery.home, file)).rejects.toThrow(reason)
  const { redis, keys } = session
  expect(await redis.exists(keys.albums, keys.titles, keys.deletedAlbums, keys.makers)).toBe(0)
  expect(await redis.hexists(keys.meta, 'importing')).toBe(0)
})

test('an import that was broken off is run again, of the same file alone', async () => {
  const source = await furnished()
  const [file, other] = [await exported(source), await exported(source)]
  const { gallery } = await startGallery()
  const session = await gallery.self()
  const { redis, keys } = session
  await redis.hset(keys.meta, 'importing', String(read(file)['created']))
  await redis.sadd(keys.albums, source.sea)
  await expect(importOrganisation(session, gallery.home, other)).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await importOrganisation(session, gallery.home, file)).toMatchObject({ photos: 7 })
  expect(await findings(session)).toEqual([])
})

test('a gallery that has albums takes no organisation in', async () => {
  const source = await furnished()
  const file = await exported(source)
  await expect(importOrganisation(source.session, source.gallery.home, file)).rejects.toMatchObject({
    code: 'CONFLICT',
  })
})
