import { chmodSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import type { Decoder } from '../../../src/core/library/decode/pool.ts'
import { readerVersion } from '../../../src/core/library/index/file-index.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { change, findings } from '../../support/organise.ts'
import { drawPhoto, drawPhotos } from '../../support/pictures/photos.ts'
import { sidecarText, writeSidecar } from '../../support/sidecars.ts'
import { allPhotos, reopen, startLibrary, takeIn, type TestLibrary } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Title, rating and tags of each photo by its file's name; a title that nobody gave is the file's name. */
const told = async (session: Session) =>
  Object.fromEntries(
    (await allPhotos(session)).map(({ path, title, rating, tags }) => [
      basename(path),
      [title, rating, tags.join(' ')],
    ]),
  )

const first = async (session: Session) => {
  const [photo] = await allPhotos(session)
  if (!photo) throw new Error('there should be a photo')
  return photo
}

/** A decoder that notes what it is asked to read. */
const counting = () => {
  const decoder = sharedDecoder()
  const reads: string[] = []
  const note = (what: string, path: string) => reads.push(`${what} ${basename(path)}`)
  const counted: Decoder = {
    ...decoder,
    read: (path, sidecars) => (note('read', path), decoder.read(path, sidecars)),
    digest: (path) => (note('digest', path), decoder.digest(path)),
    metadata: (path, sidecars) => (note('metadata', path), decoder.metadata(path, sidecars)),
  }
  return { counted, reads }
}

/** Does something to a folder with one photo while the gallery runs, and while it is stopped. */
const inBothStates = (
  name: string,
  prepare: (root: string) => void,
  act: (root: string) => void,
  check: (started: TestLibrary) => Promise<unknown>,
  expected: unknown,
) => {
  test(`${name}, while the gallery runs`, async () => {
    const root = temporaryFolder()
    await drawPhoto(join(root, 'a.jpg'))
    prepare(root)
    const started = await startLibrary({ watch: true })
    await takeIn(started.library, root)
    act(root)
    await expect.poll(() => check(started), { timeout: 20_000 }).toEqual(expected)
  })
  test(`${name}, while the gallery is stopped`, async () => {
    const root = temporaryFolder()
    await drawPhoto(join(root, 'a.jpg'))
    prepare(root)
    const started = await startLibrary()
    await takeIn(started.library, root)
    await started.library.close()
    act(root)
    const again = await reopen(started, { watch: true })
    await again.settled()
    expect(await check(started)).toEqual(expected)
  })
}

test.each(['a.xmp', 'a.jpg.xmp', 'a.XMP', 'a.jpg.Xmp'])('%s is read with its photo', async (name) => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'), { taken: '2024:05:06 07:08:09' })
  writeSidecar(join(root, name), {
    title: 'One',
    rating: -1,
    tags: ['sea', 'sun'],
    more: `<xmp:Label>Red</xmp:Label><dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator>
      <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">Ann's</rdf:li></rdf:Alt></dc:rights>
      <dc:description><rdf:Alt><rdf:li xml:lang="x-default">By the sea</rdf:li></rdf:Alt></dc:description>
      <exif:DateTimeOriginal>2001-02-03T04:05:06+09:00</exif:DateTimeOriginal>
      <exif:GPSLatitude>54,20.6N</exif:GPSLatitude><exif:GPSLongitude>18,30.5E</exif:GPSLongitude>`,
  })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const photo = await first(session)
  expect(photo).toMatchObject({
    ...{ title: 'One', caption: 'By the sea', rating: 0, flag: 'reject', label: 'red', tags: ['sea', 'sun'] },
    ...{ creator: 'Ann', copyright: "Ann's", takenAt: '2001-02-03T04:05:06+09:00' },
  })
  expect(photo.latitude).toBeCloseTo(54.3433, 3)
  expect(photo.longitude).toBeCloseTo(18.5083, 3)
  expect(await findings(session)).toEqual([])
})

test('a sidecar as osxphotos writes it beside an export of Apple Photos gives title, caption, keywords, date and place', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'IMG_1.jpg'))
  const description = (namespaces: string, inside: string) =>
    `<rdf:Description rdf:about="" ${namespaces}>${inside}</rdf:Description>`
  const list = (words: string[]) =>
    `<rdf:Seq>${words.map((word) => `<rdf:li>${word}</rdf:li>`).join('')}</rdf:Seq>`
  writeFileSync(
    join(root, 'IMG_1.jpg.xmp'),
    `<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    ${description(
      'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"',
      `<photoshop:SidecarForExtension>jpg</photoshop:SidecarForExtension>
      <dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Low tide</rdf:li></rdf:Alt></dc:description>
      <dc:title>The pier</dc:title><dc:subject>${list(['sea', 'Ana'])}</dc:subject>
      <photoshop:DateCreated>2019-04-15T14:40:24.086000-04:00</photoshop:DateCreated>`,
    )}
    ${description('xmlns:digiKam="http://www.digikam.org/ns/1.0/"', `<digiKam:TagsList>${list(['sea'])}</digiKam:TagsList>`)}
    ${description(
      'xmlns:exif="http://ns.adobe.com/exif/1.0/"',
      '<exif:GPSLongitude>122,25.1658W</exif:GPSLongitude><exif:GPSLatitude>37,46.4964N</exif:GPSLatitude>',
    )}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  )
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const photo = await first(session)
  expect(photo).toMatchObject({
    title: 'The pier',
    caption: 'Low tide',
    takenAt: '2019-04-15T14:40:24.086-04:00',
  })
  expect([...photo.tags].sort()).toEqual(['Ana', 'sea'])
  expect(photo.latitude).toBeCloseTo(37.77494, 4)
  expect(photo.longitude).toBeCloseTo(-122.41943, 4)
})

test("of both namings the photo's own stands over the one of all files of that name", async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  await drawPhoto(join(root, 'a.png'), { hue: 90 })
  writeSidecar(join(root, 'a.xmp'), { title: 'Both', rating: 2 })
  writeSidecar(join(root, 'a.jpg.xmp'), { title: 'Own' })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  expect(await told(session)).toEqual({ 'a.jpg': ['Own', 2, ''], 'a.png': ['Both', 2, ''] })
})

inBothStates(
  'a sidecar that comes later is read',
  () => undefined,
  (root) => writeSidecar(join(root, 'a.xmp'), { title: 'Late', rating: 4, tags: ['sea'] }),
  ({ session }) => told(session),
  { 'a.jpg': ['Late', 4, 'sea'] },
)

inBothStates(
  'a sidecar that changes is read again',
  (root) => writeSidecar(join(root, 'a.jpg.xmp'), { title: 'One', rating: 4, tags: ['sea', 'sun'] }),
  (root) => writeSidecar(join(root, 'a.jpg.xmp'), { title: 'Two', tags: ['sea', 'sky'] }),
  ({ session }) => told(session),
  { 'a.jpg': ['Two', 0, 'sea sky'] },
)

inBothStates(
  'a sidecar that is written beside and renamed over is read again',
  (root) => writeSidecar(join(root, 'a.xmp'), { title: 'One' }),
  (root) => {
    writeSidecar(join(root, 'a.xmp_tmp'), { title: 'Two' })
    renameSync(join(root, 'a.xmp_tmp'), join(root, 'a.xmp'))
  },
  ({ session }) => told(session),
  { 'a.jpg': ['Two', 0, ''] },
)

inBothStates(
  'what a sidecar said goes with it',
  (root) => writeSidecar(join(root, 'a.xmp'), { title: 'One', rating: 4, tags: ['sea'] }),
  (root) => rmSync(join(root, 'a.xmp')),
  ({ session }) => told(session),
  { 'a.jpg': ['a.jpg', 0, ''] },
)

inBothStates(
  'a photo that is renamed without its sidecar does not keep what that said',
  (root) => writeSidecar(join(root, 'a.xmp'), { title: 'One', rating: 4 }),
  (root) => renameSync(join(root, 'a.jpg'), join(root, 'b.jpg')),
  ({ session }) => told(session),
  { 'b.jpg': ['b.jpg', 0, ''] },
)

inBothStates(
  'a photo that is renamed with its sidecar keeps what that said, and reads it on',
  (root) => writeSidecar(join(root, 'a.xmp'), { title: 'One', rating: 4 }),
  (root) => {
    renameSync(join(root, 'a.jpg'), join(root, 'b.jpg'))
    renameSync(join(root, 'a.xmp'), join(root, 'b.xmp'))
  },
  ({ session }) => told(session),
  { 'b.jpg': ['One', 4, ''] },
)

test('what users entered stays whatever sidecars come, change and go', async () => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  const started = await startLibrary()
  const { library, session } = started
  await takeIn(library, root)
  const { album, id } = await first(session)
  await change(session, [{ kind: 'edit', album, field: 'title', values: [{ photo: id, to: 'Ours' }] }])
  await change(session, [{ kind: 'tag', album, photos: [id], add: ['mine'], remove: [] }])
  const rescan = async () => {
    await library.rescan()
    await library.settled()
    return (await told(session))['a.jpg']
  }
  writeSidecar(join(root, 'a.xmp'), { title: 'Theirs', rating: 3, tags: ['sea'] })
  expect(await rescan()).toEqual(['Ours', 3, 'mine sea'])
  await change(session, [{ kind: 'tag', album, photos: [id], add: [], remove: ['sea'] }])
  writeSidecar(join(root, 'a.xmp'), { title: 'Theirs!', rating: 5, tags: ['sea', 'sun'] })
  expect(await rescan()).toEqual(['Ours', 5, 'mine sun'])
  rmSync(join(root, 'a.xmp'))
  expect(await rescan()).toEqual(['Ours', 0, 'mine'])
  expect(await findings(session)).toEqual([])
})

test('a scan of files and sidecars that are as they were reads none of them', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 3)
  writeSidecar(join(root, 'photo-0.xmp'), { title: 'One' })
  writeSidecar(join(root, 'photo-1.jpg.XMP'), { title: 'Two' })
  writeFileSync(join(root, 'photo-2.xmp'), 'no XMP')
  chmodSync(join(root, 'photo-2.xmp'), 0)
  const { counted, reads } = counting()
  const started = await startLibrary({ watch: false, decoder: counted })
  await takeIn(started.library, root)
  expect(reads.sort()).toEqual(['read photo-0.jpg', 'read photo-1.jpg', 'read photo-2.jpg'])
  reads.length = 0
  await takeIn(started.library, root)
  await started.library.rescan()
  await started.library.settled()
  expect(reads).toEqual([])
  writeSidecar(join(root, 'photo-0.xmp'), { title: 'Three' })
  await takeIn(started.library, root)
  expect(reads).toEqual(['metadata photo-0.jpg'])
  expect((await told(started.session))['photo-0.jpg']?.[0]).toBe('Three')
})

test('a file that an older version took in is read for its metadata once, and keeps its picture and what users entered', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 2)
  writeSidecar(join(root, 'photo-0.xmp'), { title: 'Theirs', rating: 3, tags: ['sea'] })
  const started = await startLibrary()
  const { session, gallery } = started
  await takeIn(started.library, root)
  await started.library.close()
  const { redis, keys, account, host } = session
  const index = keys.library(account, host)
  const before = await allPhotos(session)
  for (const { album, id, path } of before) {
    await redis.hset(index, path, ((await redis.hget(index, path)) ?? '').split('\t').slice(0, 8).join('\t'))
    await redis.hdel(keys.photo(album, id), 'title', 'rating', 'said', 'saidtags', 'camera')
    await change(session, [{ kind: 'tag', album, photos: [id], add: ['mine'], remove: ['sea'] }])
  }
  const { counted, reads } = counting()
  const again = await reopen({ gallery, session }, { watch: true, decoder: counted })
  await again.settled()
  expect(reads.sort()).toEqual(['metadata photo-0.jpg', 'metadata photo-1.jpg'])
  const after = await allPhotos(session)
  expect(after.map(({ title, rating, tags }) => [title, rating, tags])).toEqual([
    ['Theirs', 3, ['mine', 'sea']],
    ['photo-1.jpg', 0, ['mine']],
  ])
  const kept = ({ id, camera, width, height, thumb, takenAt }: (typeof before)[0]) => ({
    ...{ id, camera, width, height, thumb, takenAt },
  })
  expect(after.map(kept)).toEqual(before.map(kept))
  for (const { path } of before)
    expect((await redis.hget(index, path))?.split('\t')[8]).toBe(String(readerVersion))
  reads.length = 0
  await again.rescan()
  await again.settled()
  expect(reads).toEqual([])
})

test('what is read anew and is as it was is no change for open windows', async () => {
  const root = temporaryFolder()
  await drawPhotos(root, 1)
  writeSidecar(join(root, 'photo-0.xmp'), { title: 'One', tags: ['sea'] })
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  const { album } = await first(session)
  const events = () => session.redis.xlen(session.keys.albumEvents(album))
  const before = await events()
  utimesSync(join(root, 'photo-0.xmp'), 1, 1)
  await takeIn(library, root)
  expect(library.status()).toMatchObject({ changed: 0, failed: 0 })
  expect(await events()).toBe(before)
})

const nested = `<x:xmpmeta xmlns:x="adobe:ns:meta/">${'<a>'.repeat(400_000)}`

test.each([
  ['no XML', 'a < b & c'],
  ['empty', ''],
  ['cut off', sidecarText({ title: 'One' }).slice(0, 300)],
  ['deeper than any parser follows', nested],
  ['of another encoding than it says', Buffer.from([0xff, 0xfe, 0, 0xd8, 0x3c])],
  ['of more bytes than are read', ' '.repeat(4_000_001) + sidecarText({ title: 'One' })],
  [
    'built of entities',
    `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${sidecarText({ title: '&b;' })}`,
  ],
])('a sidecar that is %s does its photo no harm', async (_, content) => {
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  writeFileSync(join(root, 'a.xmp'), content)
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  expect(await library.failures()).toEqual([])
  expect((await first(session)).title).not.toMatch(/root|One/)
  expect(await findings(session)).toEqual([])
})

test('a link is no sidecar, wherever it leads', async () => {
  const outside = join(temporaryFolder(), 'secret.xmp')
  writeSidecar(outside, { title: 'Secret' })
  const root = temporaryFolder()
  await drawPhoto(join(root, 'a.jpg'))
  symlinkSync(outside, join(root, 'a.xmp'))
  const { library, session } = await startLibrary()
  await takeIn(library, root)
  expect((await first(session)).title).toBe('a.jpg')
})
