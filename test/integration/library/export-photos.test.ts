import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ExifReader from 'exifreader'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { createAccount } from '../../../src/core/access/accounts.ts'
import type { ExportParts } from '../../../src/core/library/export/copy-maker.ts'
import { exportPhotos } from '../../../src/core/library/export/export-photos.ts'
import type { Library } from '../../../src/core/library/library.ts'
import { ExportOptions, type ExportInput } from '../../../src/shared/schemas/export.ts'
import { throughSteps } from '../../../src/shared/domain/through-steps.ts'
import { exportFormats } from '../../../src/shared/domain/export-formats.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { change } from '../../support/organise.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { allPhotos, reopen, startLibrary, takeIn, type TestLibrary } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const everything = { album: null, sort: 'name', descending: false } as const

type Wanted = Partial<ExportInput> & { target: string }

const optionsOf = (wanted: Wanted) =>
  ExportOptions.parse({ photos: everything, pattern: '{name}', ...wanted })

const run = (library: Library, wanted: Wanted) =>
  throughSteps(library.exportPhotos(optionsOf(wanted), undefined))

/** Files below a folder, hidden ones too. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted()

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** A gallery with what `draw` puts into a folder. */
const galleryOf = async (draw: (folder: string) => Promise<unknown>) => {
  const started = await startLibrary()
  const folder = temporaryFolder()
  await draw(folder)
  await takeIn(started.library, folder)
  return { ...started, folder, target: join(temporaryFolder(), 'copies') }
}

const corsica = (name: string) => `Corsica/${name}`

const twoPhotos = () =>
  galleryOf(async (folder) => {
    await drawPhoto(join(folder, corsica('IMG_1.jpg')), { hue: 10, taken: '2024:05:06 07:08:09' })
    await drawPhoto(join(folder, 'Studio/IMG_1.jpg'), { hue: 200, taken: '2023:01:02 03:04:05' })
  })

/** Mean colour of the pixels around a place, given in parts of the picture; numbers as they stand where `raw`. */
const colourAt = async (file: string, [x, y]: [number, number], { raw = false } = {}) => {
  const { data, info } = await sharp(file, { ignoreIcc: raw })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  return [...data.subarray(at, at + 3)]
}

const near = (colour: number[], wanted: number[], most = 4) => {
  colour.forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? 0))).toBeLessThanOrEqual(most)
  })
}

const tagsOf = (file: string) => ExifReader.load(readFileSync(file), { expanded: true })

const edit = async ({ session }: TestLibrary, field: 'title' | 'caption' | 'rating', to: string) => {
  const [photo] = await allPhotos(session)
  if (!photo) throw new Error('no photo')
  const one: Change = { kind: 'edit', album: photo.album, field, values: [{ photo: photo.id, to }] }
  await change(session, [one])
}

const tag = async ({ session }: TestLibrary, add: string[]) => {
  const [photo] = await allPhotos(session)
  if (!photo) throw new Error('no photo')
  await change(session, [{ kind: 'tag', album: photo.album, photos: [photo.id], add, remove: [] }])
}

test('originals come whole under their names, numbered where two are alike, and keep their dates', async () => {
  const { library, folder, target } = await twoPhotos()
  expect(await run(library, { target })).toEqual({
    found: 2,
    exported: 2,
    skipped: 0,
    elsewhere: 0,
    failed: [],
  })
  expect(filesIn(target)).toEqual(['IMG_1 (2).jpg', 'IMG_1.jpg'])
  expect(
    filesIn(target)
      .map((name) => digest(join(target, name)))
      .toSorted(),
  ).toEqual(
    filesIn(folder)
      .map((name) => digest(join(folder, name)))
      .toSorted(),
  )
  const original = filesIn(folder).find(
    (name) => digest(join(folder, name)) === digest(join(target, 'IMG_1.jpg')),
  )
  expect(statSync(join(target, 'IMG_1.jpg')).mtimeMs).toBeCloseTo(
    statSync(join(folder, original ?? '')).mtimeMs,
    -1,
  )
})

test('a second run passes over what is there, whole or converted; asked to, it makes another copy', async () => {
  const { library, target } = await twoPhotos()
  const convert = { format: 'webp', size: 100 } as const
  await run(library, { target })
  await run(library, { target, convert })
  const before = filesIn(target)
  expect(await run(library, { target })).toMatchObject({ exported: 0, skipped: 2 })
  expect(await run(library, { target, convert })).toMatchObject({ exported: 0, skipped: 2 })
  expect(filesIn(target)).toEqual(before)
  expect(await run(library, { target, skip: false })).toMatchObject({ exported: 2, skipped: 0 })
  expect(filesIn(target)).toHaveLength(6)
})

test('nothing that is there is overwritten, not even what only looks like the copy', async () => {
  const { library, target } = await twoPhotos()
  mkdirSync(target)
  writeFileSync(join(target, 'IMG_1.jpg'), 'mine')
  symlinkSync(join(target, 'nowhere'), join(target, 'IMG_1 (2).jpg'))
  expect(await run(library, { target })).toMatchObject({ exported: 2 })
  expect(readFileSync(join(target, 'IMG_1.jpg'), 'utf8')).toBe('mine')
  expect(filesIn(target)).toEqual(['IMG_1 (3).jpg', 'IMG_1 (4).jpg', 'IMG_1.jpg'])
})

test('copies are named by the pattern, and some photos can be chosen', async () => {
  const { library, session, target } = await twoPhotos()
  const photo = (await allPhotos(session)).find(({ path }) => path.includes('Studio'))
  const photos = [`${photo?.album ?? ''}/${photo?.id ?? ''}`]
  await run(library, { target, photos, pattern: '{year}/{month}/{name}', convert: { format: 'tiff' } })
  expect(filesIn(target)).toEqual(['2023/01/IMG_1.tif'])
})

/** Red, green, blue and white quarters as a viewer shows them, stored turned by EXIF orientation 6. */
const turned = async (file: string) => {
  const rect = (x: number, y: number, fill: string) =>
    `<rect x="${x * 300}" y="${y * 200}" width="300" height="200" fill="${fill}"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">${rect(0, 0, '#f00')}${rect(1, 0, '#0f0')}${rect(0, 1, '#00f')}${rect(1, 1, '#fff')}</svg>`
  mkdirSync(dirname(file), { recursive: true })
  await sharp(await sharp(Buffer.from(svg)).rotate(-90).png().toBuffer())
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toFile(file)
}

test.each(exportFormats)('%s copies stand upright in the size that was asked for', async (format) => {
  const { library, target } = await galleryOf((folder) => turned(join(folder, 'turned.jpg')))
  expect(await run(library, { target, convert: { format, size: 300 } })).toMatchObject({ exported: 1 })
  const file = join(target, filesIn(target)[0] ?? '')
  const { width, height, orientation = 1, format: read } = await sharp(file).metadata()
  expect({ width, height, orientation, read }).toEqual({
    width: 300,
    height: 200,
    orientation: 1,
    read: format === 'avif' ? 'heif' : format,
  })
  near(await colourAt(file, [0.25, 0.25]), [255, 0, 0], 12)
  near(await colourAt(file, [0.75, 0.25]), [0, 255, 0], 12)
  near(await colourAt(file, [0.25, 0.75]), [0, 0, 255], 12)
  near(await colourAt(file, [0.75, 0.75]), [255, 255, 255], 12)
})

test('nothing is enlarged, and without a size the copy is as large as the original', async () => {
  const { library, target } = await galleryOf((folder) =>
    drawPhoto(join(folder, 'a.jpg'), { width: 320, height: 200 }),
  )
  await run(library, { target, convert: { format: 'png', size: 5000 }, pattern: 'large-{name}' })
  await run(library, { target, convert: { format: 'png' } })
  for (const name of filesIn(target))
    expect(await sharp(join(target, name)).metadata()).toMatchObject({ width: 320, height: 200 })
})

test('quality is heard', async () => {
  const { library, target, folder } = await galleryOf((folder) =>
    sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg({ quality: 100 })
      .toFile(join(folder, 'noise.jpg')),
  )
  for (const quality of [20, 90])
    await run(library, { target, convert: { format: 'jpeg', quality }, pattern: `{name}-${quality}` })
  expect(statSync(join(target, 'noise-20.jpg')).size).toBeLessThan(
    statSync(join(target, 'noise-90.jpg')).size / 2,
  )
  expect(filesIn(folder)).toEqual(['noise.jpg'])
})

test('wide colours come into sRGB by their profile, or keep their numbers with it', async () => {
  const { library, target } = await galleryOf((folder) =>
    sharp({ create: { width: 200, height: 100, channels: 3, background: { r: 200, g: 90, b: 60 } } })
      .withIccProfile('p3')
      .png()
      .toFile(join(folder, 'wide.png')),
  )
  for (const colour of ['srgb', 'kept'] as const)
    await run(library, {
      target,
      convert: { format: 'jpeg', quality: 95, colour },
      pattern: `{name}-${colour}`,
    })
  const [srgb, kept] = [join(target, 'wide-srgb.jpg'), join(target, 'wide-kept.jpg')]
  near(await colourAt(srgb, [0.5, 0.5], { raw: true }), [200, 90, 60])
  near(await colourAt(kept, [0.5, 0.5]), [200, 90, 60])
  const [red = 0, green = 0] = await colourAt(kept, [0.5, 0.5], { raw: true })
  expect(red).toBeLessThan(196)
  expect(green).toBeGreaterThan(93)
  const profile = async (file: string) => (await sharp(file).metadata()).icc?.toString('latin1') ?? ''
  expect(await profile(srgb)).not.toBe(await profile(kept))
})

test('see-through parts are white in a JPEG, and stay as they are in a PNG', async () => {
  const { library, target } = await galleryOf((folder) =>
    sharp({ create: { width: 100, height: 100, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toFile(join(folder, 'clear.png')),
  )
  await run(library, { target, convert: { format: 'jpeg' } })
  await run(library, { target, convert: { format: 'png' } })
  near(await colourAt(join(target, 'clear.jpg'), [0.5, 0.5]), [255, 255, 255])
  expect((await sharp(join(target, 'clear.png')).metadata()).hasAlpha).toBe(true)
})

/** A photo with a place, a camera, and words of its own. */
const placed = (file: string) =>
  sharp({ create: { width: 120, height: 80, channels: 3, background: '#468' } })
    .withExif({
      IFD0: { Make: 'Test', Model: 'Box', Artist: 'Ana' },
      IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', FNumber: '28/10', ISOSpeedRatings: '400' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '42/1 30/1 0/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '9/1 15/1 0/1',
      },
    })
    .jpeg()
    .toFile(file)

test.each(exportFormats)(
  '%s copies hold no place or nothing at all where that was asked for',
  async (format) => {
    const built = await galleryOf((folder) => placed(join(folder, 'placed.jpg')))
    const { library, target } = built
    await edit(built, 'title', 'At home')
    for (const strip of ['none', 'place', 'all'] as const)
      await run(library, { target, convert: { format, strip }, pattern: strip })
    const byStrip = Object.fromEntries(
      filesIn(target).map((name) => [name.replace(/\..*/, ''), join(target, name)]),
    )
    const [none, place, all] = [byStrip['none'] ?? '', byStrip['place'] ?? '', byStrip['all'] ?? '']
    const whole = tagsOf(none)
    expect(whole.gps?.Latitude).toBeCloseTo(42.5)
    expect(whole.xmp?.['GPSLatitude']?.description).toBeTruthy()
    const stripped = tagsOf(place)
    expect(stripped.gps).toBeUndefined()
    expect(
      Object.keys({ ...stripped.exif, ...stripped.xmp }).filter((name) => name.startsWith('GPS')),
    ).toEqual([])
    expect(stripped.xmp?.['title']?.description).toBe('At home')
    expect(stripped.xmp?.['Model']?.description).toContain('Box')
    expect(stripped.exif?.['Model']?.description).toContain('Box')
    const { exif, xmp, gps, iptc } = tagsOf(all)
    expect({ xmp, gps, iptc }).toEqual({ xmp: undefined, gps: undefined, iptc: undefined })
    expect(exif?.['Model']).toBeUndefined()
    for (const word of ['At home', 'Box', 'Ana', '2024:05:06'])
      expect(readFileSync(all).includes(word), word).toBe(false)
  },
)

test('what is known of a TIFF, whose own EXIF no copy can have, comes as EXIF with a JPEG', async () => {
  const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="${rdf}"><rdf:Description
    xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:DateTimeOriginal="2024-05-06T07:08:09" exif:FNumber="28/10"/>
    </rdf:RDF></x:xmpmeta>`
  const { library, target } = await galleryOf((folder) =>
    sharp({ create: { width: 60, height: 40, channels: 3, background: '#468' } })
      .withXmp(xmp)
      .tiff()
      .toFile(join(folder, 'a.tif')),
  )
  await run(library, { target, convert: { format: 'jpeg' } })
  const { exif } = tagsOf(join(target, 'a.jpg'))
  expect(exif?.['DateTimeOriginal']?.value).toEqual(['2024:05:06 07:08:09'])
  expect(exif?.FNumber?.value).toEqual([280, 100])
})

test.each(exportFormats)('what users entered comes with %s copies', async (format) => {
  const built = await galleryOf((folder) => drawPhoto(join(folder, 'a.jpg')))
  const { library, target } = built
  await edit(built, 'title', 'Sea & <sun> "é" ]]>')
  await edit(built, 'caption', 'Two\nlines')
  await edit(built, 'rating', '4')
  await tag(built, ['Islands/Corsica', 'Été'])
  await run(library, { target, convert: { format } })
  const { xmp } = tagsOf(join(target, filesIn(target)[0] ?? ''))
  const subjects = (xmp?.['subject']?.value ?? []) as { value: string }[]
  expect(subjects.map(({ value }) => value).toSorted()).toEqual(['Corsica', 'Islands', 'Été'])
  const second = await startLibrary()
  await takeIn(second.library, target)
  const [read] = await allPhotos(second.session)
  expect(read).toMatchObject({ title: 'Sea & <sun> "é" ]]>', caption: 'Two\nlines', rating: 4 })
  expect(read?.tags.toSorted()).toEqual(['Islands/Corsica', 'Été'].toSorted())
})

test('what users entered lies beside originals as a sidecar, and another sidecar of that name stays', async () => {
  const built = await galleryOf((folder) => drawPhoto(join(folder, 'a.jpg')))
  const { library, target } = built
  await edit(built, 'title', 'Sea')
  await run(library, { target, sidecars: true })
  expect(filesIn(target)).toEqual(['a.jpg', 'a.jpg.xmp'])
  expect(await run(library, { target, sidecars: true })).toMatchObject({ skipped: 1, failed: [] })
  const second = await startLibrary()
  await takeIn(second.library, target)
  expect((await allPhotos(second.session))[0]).toMatchObject({ title: 'Sea' })
  writeFileSync(join(target, 'a.jpg.xmp'), 'mine')
  const { failed } = await run(library, { target, sidecars: true })
  expect(failed).toMatchObject([{ path: join(target, 'a.jpg.xmp'), text: { id: 'sidecarThere' } }])
  expect(readFileSync(join(target, 'a.jpg.xmp'), 'utf8')).toBe('mine')
})

test('a date that a user entered is that of the copy', async () => {
  const built = await galleryOf((folder) =>
    drawPhoto(join(folder, 'a.jpg'), { taken: '2024:05:06 07:08:09' }),
  )
  const { library, session, target } = built
  const [photo] = await allPhotos(session)
  const values = [{ photo: photo?.id ?? '', to: '1999-12-31T23:00:00+01:00' }]
  await change(session, [{ kind: 'edit', album: photo?.album ?? '', field: 'dated', values }])
  await run(library, { target, convert: { format: 'jpeg' } })
  expect(tagsOf(join(target, 'a.jpg')).exif?.['DateTimeOriginal']?.description).toBe('1999:12:31 23:00:00')
})

/** A JPEG whose EXIF block has a small picture in it, as cameras write them. */
const withThumbnail = async (file: string) => {
  const thumbnail = await sharp({ create: { width: 16, height: 12, channels: 3, background: '#f00' } })
    .jpeg()
    .toBuffer()
  const directory = (fields: [tag: number, type: number, value: number][], next: number) => {
    const bytes = Buffer.alloc(2 + 12 * fields.length + 4)
    bytes.writeUInt16LE(fields.length)
    for (const [i, [tag, type, value]] of fields.entries()) {
      bytes.writeUInt16LE(tag, 2 + 12 * i)
      bytes.writeUInt16LE(type, 4 + 12 * i)
      bytes.writeUInt32LE(1, 6 + 12 * i)
      bytes.writeUInt32LE(value, 10 + 12 * i)
    }
    bytes.writeUInt32LE(next, 2 + 12 * fields.length)
    return bytes
  }
  const [first, second] = [8, 8 + 18]
  const small: [number, number, number][] = [
    [0x103, 3, 6],
    [0x201, 4, second + 42],
    [0x202, 4, thumbnail.length],
  ]
  const head8 = Buffer.from(`II*\0${String.fromCharCode(first)}\0\0\0`, 'latin1')
  const exif = Buffer.concat([head8, directory([[0x112, 3, 1]], second), directory(small, 0)])
  const jpeg = await sharp({ create: { width: 160, height: 120, channels: 3, background: '#00f' } })
    .jpeg()
    .toBuffer()
  const block = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif, thumbnail])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(block.length + 2, 2)
  writeFileSync(file, Buffer.concat([jpeg.subarray(0, 2), head, block, jpeg.subarray(2)]))
}

test('the small picture that a camera put into a file, which shows what it was, does not come with its copy', async () => {
  const { library, target, folder } = await galleryOf((folder) => withThumbnail(join(folder, 'a.jpg')))
  const smallIn = (path: string) => tagsOf(path).Thumbnail?.image
  expect(smallIn(join(folder, 'a.jpg'))).toBeDefined()
  await run(library, { target, convert: { format: 'jpeg' } })
  expect(smallIn(join(target, 'a.jpg'))).toBeUndefined()
})

test('a watermark is drawn into its corner alone, whatever its signs mean elsewhere', async () => {
  const grey = { create: { width: 600, height: 400, channels: 3 as const, background: '#777' } }
  const { library, target } = await galleryOf((folder) => sharp(grey).png().toFile(join(folder, 'grey.png')))
  const convert = { format: 'png', watermark: '© <b>Ana</b> & “B”' } as const
  expect(await run(library, { target, convert })).toMatchObject({ exported: 1, failed: [] })
  const deviation = async (left: number, top: number) => {
    const part = sharp(join(target, 'grey.png')).extract({ left, top, width: 300, height: 200 })
    return (await sharp(await part.png().toBuffer()).stats()).channels[0]?.stdev ?? 0
  }
  expect(await deviation(300, 200)).toBeGreaterThan(5)
  for (const [left, top] of [
    [0, 0],
    [300, 0],
    [0, 200],
  ] as const)
    expect(await deviation(left, top)).toBe(0)
  expect((await sharp(join(target, 'grey.png')).metadata()).hasAlpha).toBe(false)
})

test('sharpening is off unless it is asked for', async () => {
  const { library, target } = await galleryOf((folder) => drawPhoto(join(folder, 'a.jpg')))
  for (const sharpen of [false, true])
    await run(library, { target, convert: { format: 'png', sharpen }, pattern: String(sharpen) })
  const stats = async (name: string) => (await sharp(join(target, name)).stats()).sharpness
  expect(await stats('true.png')).toBeGreaterThan(await stats('false.png'))
})

test('folders that the gallery follows or keeps are refused, by whatever way they are named', async () => {
  const { library, folder, gallery } = await twoPhotos()
  const link = join(temporaryFolder(), 'link')
  symlinkSync(folder, link)
  const inside = [
    { target: join(folder, 'copies') },
    { target: join(link, 'copies/deep') },
    { target: dirname(folder), pattern: `${basename(folder)}/{name}` },
    { target: join(gallery.home.path, 'copies') },
  ]
  const before = filesIn(folder)
  for (const wanted of inside) await expect(run(library, wanted)).rejects.toMatchObject({ code: 'INVALID' })
  expect(filesIn(folder)).toEqual(before)
  expect(readdirSync(folder)).not.toContain('copies')
  await expect(run(library, { target: '/proc/nowhere' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const { target } = { target: temporaryFolder() }
  await expect(run(library, { target, pattern: '{nam}' })).rejects.toMatchObject({ code: 'INVALID' })
})

test('photos without an original here are counted, and what their records claim is not read', async () => {
  const built = await twoPhotos()
  const { session, target } = built
  const [photo] = await allPhotos(session)
  const secret = join(temporaryFolder(), 'secret.jpg')
  await drawPhoto(secret)
  const { redis, keys, account, host } = session
  await redis.hdel(keys.library(account, host), photo?.path ?? '')
  await redis.hset(keys.photo(photo?.album ?? '', photo?.id ?? ''), { path: secret, host })
  const library = await reopen(built)
  expect(await run(library, { target })).toMatchObject({ exported: 1, elsewhere: 1, failed: [] })
  expect(filesIn(target).map((name) => digest(join(target, name)))).not.toContain(digest(secret))
})

test('an original that is not what was taken in is told, and one that cannot be decoded', async () => {
  const { library, folder, target } = await twoPhotos()
  const [first = ''] = filesIn(folder).map((name) => join(folder, name))
  const { mtimeMs, size } = statSync(first)
  // In the middle of its millisecond: as a fraction of a second it may come out as the one before.
  const date = (Math.trunc(mtimeMs) + 0.5) / 1000
  writeFileSync(first, Buffer.alloc(size, readFileSync(first).subarray(0, 200)))
  utimesSync(first, date, date)
  const whole = await run(library, { target })
  expect(whole).toMatchObject({ exported: 1, failed: [{ path: first, text: { id: 'originalDiffers' } }] })
  const converted = await run(library, { target, convert: { format: 'jpeg' } })
  expect(converted.failed.map(({ path }) => path)).toEqual([first])
  expect(filesIn(target).every((name) => !name.startsWith('.'))).toBe(true)
})

test('a link, a pipe or a folder that took the place of an original is not read, nor what it leads to', async () => {
  const { library, folder, target } = await twoPhotos()
  const [first = '', second = ''] = filesIn(folder).map((name) => join(folder, name))
  const secret = join(temporaryFolder(), 'secret.jpg')
  await drawPhoto(secret, { hue: 300 })
  rmSync(first)
  symlinkSync(secret, first)
  rmSync(second)
  execFileSync('mkfifo', [second])
  for (const convert of [undefined, { format: 'jpeg' } as const]) {
    const result = await run(library, { target, ...(convert ? { convert } : {}) })
    expect(result).toMatchObject({ found: 2, exported: 0 })
    expect(result.elsewhere + result.failed.length).toBe(2)
  }
  expect(filesIn(target)).toEqual([])
})

test('names that lead elsewhere stay below the folder of the copies', async () => {
  const names = ['..jpg', '.hidden.jpg', 'a:b.jpg', 'c\\..\\d.jpg', '-rf.jpg', 'e\nf.jpg']
  const { library, target } = await galleryOf(async (folder) => {
    for (const [n, name] of names.entries()) await drawPhoto(join(folder, name), { hue: n * 40 })
  })
  for (const pattern of ['../{name}', '{name}/../../{name}', '/./{name}'])
    await expect(run(library, { target, pattern })).rejects.toMatchObject({ code: 'INVALID' })
  const result = await run(library, { target, pattern: '{name}/{name}' })
  expect(result.failed).toEqual([])
  expect(filesIn(target)).toHaveLength(result.exported)
  expect(result.exported).toBeGreaterThan(0)
  expect(readdirSync(dirname(target))).toEqual(['copies'])
})

test('an original of which any byte was changed is told, or makes a copy that can be read', async () => {
  const { library, folder, target } = await galleryOf(async (folder) => {
    for (let n = 0; n < 12; n++) await drawPhoto(join(folder, `${n}.jpg`), { hue: n * 30 })
  })
  for (const [n, name] of filesIn(folder).entries()) {
    const bytes = readFileSync(join(folder, name))
    for (let at = n; at < bytes.length; at += 97) bytes[at] = ((bytes[at] ?? 0) * 31 + n) % 256
    writeFileSync(join(folder, name), bytes)
  }
  const result = await run(library, { target, convert: { format: 'png' } })
  expect(result.exported + result.failed.length + result.elsewhere).toBe(12)
  expect(filesIn(target)).toHaveLength(result.exported)
  for (const name of filesIn(target))
    expect((await sharp(join(target, name)).stats()).channels.length).toBe(3)
})

const partsOf = (built: TestLibrary): ExportParts => ({
  session: built.session,
  home: built.gallery.home,
  originals: built.library.originals,
  decoder: {
    workers: 2,
    exportFile: () => Promise.reject(new Error('not asked')),
  },
})

test('a full disk ends it, in words, with nothing half left', async () => {
  const built = await twoPhotos()
  const parts = partsOf(built)
  parts.decoder.exportFile = (_, __, { part }) => {
    writeFileSync(part, 'half')
    return Promise.resolve({ kind: 'unwritten', code: 'ENOSPC' })
  }
  const options = optionsOf({ target: built.target, convert: { format: 'jpeg' } })
  await expect(throughSteps(exportPhotos(parts, options))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    text: { id: 'cardNoRoom' },
  })
  expect(filesIn(built.target)).toEqual([])
})

test('stopped, it leaves whole files alone, and the next run brings the rest', async () => {
  const { library, folder, target } = await galleryOf(async (folder) => {
    for (let n = 0; n < 6; n++) await drawPhoto(join(folder, `p${n}.jpg`), { hue: n * 40 })
  })
  const stop = new AbortController()
  const steps = library.exportPhotos(optionsOf({ target }), stop.signal)
  for (let n = 0; n < 3; n++) await steps.next()
  stop.abort(new Error('stopped'))
  await expect(throughSteps(steps)).rejects.toThrow('stopped')
  const left = filesIn(target)
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThan(6)
  for (const name of left) expect(digest(join(target, name))).toBe(digest(join(folder, name)))
  expect(await run(library, { target })).toMatchObject({ exported: 6 - left.length, skipped: left.length })
  expect(filesIn(target)).toEqual(filesIn(folder))
})

test('who may not read a photo exports nothing of it, and learns no more than that', async () => {
  const built = await twoPhotos()
  const { gallery, session, target } = built
  const key = await deriveKey(gallery.id, 'noa', 'correct horse battery')
  await createAccount(session, { name: 'noa', role: 'member', canCreateAlbums: false, key })
  const noa = await gallery.login('noa', key)
  const photos = (await allPhotos(session)).map(({ album, id }) => `${album}/${id}`)
  const asked = (wanted: Partial<ExportInput>) =>
    throughSteps(exportPhotos({ ...partsOf(built), session: noa }, optionsOf({ target, ...wanted })))
  const { exported, failed } = await asked({ photos })
  expect(exported).toBe(0)
  expect(failed.map(({ path }) => path).toSorted()).toEqual(photos.toSorted())
  expect(await asked({})).toMatchObject({ found: 0, exported: 0 })
  expect(filesIn(target)).toEqual([])
})
