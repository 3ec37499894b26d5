import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import type { Album } from '../../../src/shared/schemas/album.ts'
import type { Finding } from '../../../src/shared/schemas/gallery.ts'
import type { PhotoDetails, TagCount } from '../../../src/shared/schemas/photo.ts'
import { cimaiseWith, command, commandJson } from '../../support/cli.ts'
import { galleryEnvironment } from '../../support/gallery.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { change } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { onTestFinished } from 'vitest'

/** Three photos in the album a, two in b; Redis runs all the while. */
const taken = async () => {
  const root = temporaryFolder()
  await drawPhotos(join(root, 'a'), 3)
  await drawPhotos(join(root, 'b'), 2, 500)
  const env = await galleryEnvironment()
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  await commandJson(env, 'import', root)
  const photos = async (album: string) =>
    (await commandJson<PhotoDetails[]>(env, 'photos', album)).map(({ id }) => id)
  const albums = async () =>
    (await commandJson<Album[]>(env, 'albums')).map(({ title, photos }) => [title, photos])
  return { env, gallery, photos, albums }
}

test('photos move by id, from arguments and from standard input, to a title or an id', async () => {
  const { env, photos, albums } = await taken()
  const [one = '', two = '', three = ''] = await photos('a')
  expect(await commandJson(env, 'move', 'B', one)).toMatchObject({ changed: 1, skipped: 0 })
  expect(await albums()).toEqual([
    ['a', 2],
    ['b', 3],
  ])
  const [, b] = await commandJson<Album[]>(env, 'albums')
  const piped = await cimaiseWith(`${two}\n\n ${b?.id}/${three}\n`, env, 'move', b?.id ?? '', '-', '--json')
  expect(JSON.parse(piped.out)).toMatchObject({ changed: 2 })
  expect(await albums()).toEqual([
    ['a', 0],
    ['b', 5],
  ])
  expect(await command(env, 'move', 'b', one)).toMatchObject({ code: 0, out: 'Nothing to change.\n' })
  const unknown = await command(env, 'move', 'a', 'nobody0000', one)
  expect(unknown).toMatchObject({ code: 1, err: 'There is no photo nobody0000 that you may see.\n' })
  expect(await albums()).toEqual([
    ['a', 1],
    ['b', 4],
  ])
  expect(await command(env, 'move', 'nowhere', one)).toMatchObject({ code: 1, out: '' })
})

test('tags that differ by case or composition are one, and a parent lists what is below it', async () => {
  const { env, photos } = await taken()
  const [one = '', two = '', three = ''] = await photos('a')
  const [four = ''] = await photos('b')
  await command(env, 'tag', 'Été/Mer', one, two)
  await command(env, 'tag', 'e\u0301te\u0301/MER', four)
  await command(env, 'tag', 'été', three)
  expect(await commandJson<TagCount[]>(env, 'tags')).toEqual([
    { tag: 'Été', photos: 4 },
    { tag: 'Été/Mer', photos: 3 },
  ])
  const tagged = await commandJson<PhotoDetails[]>(env, 'tagged', 'ÉTÉ/mer')
  expect(new Set(tagged.map(({ id }) => id))).toEqual(new Set([one, two, four]))
  expect(tagged[0]).toMatchObject({ tags: ['Été/Mer'], path: expect.stringContaining('.jpg') as string })
  expect(await commandJson(env, 'untag', 'été/mer', one, three)).toEqual({ changed: 1, skipped: 0 })
  expect((await commandJson<PhotoDetails[]>(env, 'tagged', 'été')).length).toBe(3)
  for (const bad of ['   ', 'a\u0007b', 'x'.repeat(10_000)]) {
    const { code, out, err } = await command(env, 'tag', bad, one)
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 1, out: '', lines: 1 })
  }
})

test('the trash takes photos and albums and gives them back, also where the album is gone', async () => {
  const { env, photos, albums } = await taken()
  const [one = '', two = ''] = await photos('a')
  expect(await commandJson(env, 'trash', one)).toEqual({ changed: 1, skipped: 0 })
  expect(await command(env, 'tag', 'Sea', one)).toMatchObject({
    code: 1,
    err: `${one} is in the trash: restore it first.\n`,
  })
  expect(await command(env, 'restore', two)).toMatchObject({ code: 1, err: `${two} is not in the trash.\n` })
  await command(env, 'album', 'delete', 'a')
  expect(await albums()).toEqual([['b', 2]])
  expect(await commandJson(env, 'restore', one)).toEqual({ changed: 1, skipped: 0 })
  expect(await albums()).toEqual([
    ['a', 1],
    ['b', 2],
  ])
  expect(await commandJson(env, 'album', 'restore', 'a')).toMatchObject({ title: 'a (2)', photos: 2 })
  expect(await command(env, 'album', 'restore', 'a')).toMatchObject({ code: 1 })
})

test('albums are created, renamed and described; a title is given once', async () => {
  const { env, albums } = await taken()
  expect(await commandJson(env, 'album', 'create', '2024/Nice')).toMatchObject({
    title: '2024/Nice',
    photos: 0,
  })
  expect(await command(env, 'album', 'create', '2024/NICE')).toMatchObject({
    code: 1,
    err: 'There is an album “2024/NICE” already. Choose another title.\n',
  })
  expect(await command(env, 'album', 'rename', 'a', 'B')).toMatchObject({ code: 1, out: '' })
  expect(await commandJson(env, 'album', 'rename', '2024/nice', 'Étretat')).toMatchObject({
    title: 'Étretat',
  })
  expect(await commandJson(env, 'album', 'describe', 'étretat', 'Cliffs')).toMatchObject({
    description: 'Cliffs',
  })
  expect(await albums()).toEqual([
    ['a', 3],
    ['b', 2],
    ['Étretat', 0],
  ])
  expect(await command(env, 'album', 'create', ' ')).toMatchObject({ code: 1, out: '' })
})

test('doctor finds what does not hold together, and repairs it', async () => {
  const { env, gallery, photos } = await taken()
  const [one = ''] = await photos('a')
  await command(env, 'tag', 'Sea', one)
  const { redis, keys } = await gallery.self()
  const doctor = async (...args: string[]) => {
    const { code, out } = await command(env, 'doctor', ...args, '--json')
    return { code, findings: (JSON.parse(out) as { findings: Finding[] }).findings }
  }
  expect(await doctor('--check')).toEqual({ code: 0, findings: [] })
  const album = (await commandJson<Album[]>(env, 'albums'))[0]?.id ?? ''
  await redis.del(keys.albumTag(album, 'sea'))
  await redis.zrem(keys.albumPhotos(album), one)
  const broken = await doctor('--check')
  expect(broken.code).toBe(1)
  expect(broken.findings.map(({ what }) => what)).toContain('records without a place')
  expect(await doctor('--repair')).toEqual({ code: 0, findings: [] })
  expect((await commandJson<PhotoDetails[]>(env, 'tagged', 'sea')).map(({ id }) => id)).toEqual([one])
})

test('collections and smart albums are listed with what they have, and the photos of each by its title or id', async () => {
  const { env, gallery, photos } = await taken()
  const owner = await gallery.self()
  const [one = '', two = '', three = ''] = await photos('a')
  await command(env, 'tag', 'Sea', one, three)
  expect(await command(env, 'collections')).toMatchObject({ code: 0, out: 'No collection yet.\n' })
  const search = { album: null, filter: { all: ['Sea'] } }
  const smart = await change(owner, [{ kind: 'create-collection', title: 'À la mer', search }])
  const prints = await change(owner, [{ kind: 'create-collection', title: 'Prints' }])
  const values = [two, one].map((photo) => ({ photo, at: null }))
  await change(owner, [{ kind: 'collect', collection: prints.collection ?? '', values }])
  expect(await commandJson(env, 'collections')).toEqual([
    { id: smart.collection, title: 'À la mer', smart: true, search, public: false, photos: 2 },
    { id: prints.collection, title: 'Prints', smart: false, search: null, public: false, photos: 2 },
  ])
  const listed = async (wanted: string) =>
    (await commandJson<PhotoDetails[]>(env, 'collection', wanted)).map(({ id }) => id)
  expect(await listed('a la MER')).toEqual([three, one])
  expect(await listed(prints.collection ?? '')).toEqual([two, one])
  expect(await command(env, 'collection', 'nowhere')).toMatchObject({ code: 1, out: '' })
  await change(owner, [{ kind: 'create-collection', title: 'prints' }])
  const several = await command(env, 'collection', 'Prints')
  expect(several).toMatchObject({ code: 1, err: expect.stringContaining('by its id') as string })
  const info = owner.keys.collectionInfo(smart.collection ?? '')
  await owner.redis.hset(info, 'search', 'none')
  const broken = await command(env, 'collection', 'À la mer')
  expect(broken).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') as string })
})
