import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { libraryName, libraryText, qualified } from '../../src/core/redis/functions.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { pageOfPhotos } from '../../src/core/photos/photos.ts'
import { change } from '../support/organise.ts'
import { plainClient } from '../support/accounts.ts'
import { startEmbeddedGallery } from '../support/gallery.ts'
import { buildMemberGallery } from './gallery-with-members.ts'

const view = { album: null, sort: 'taken' as const, descending: true }

test('no client but the program runs Lua of its choosing', async () => {
  const { gallery, client, owner } = await buildMemberGallery()
  const guest = await plainClient(gallery, 'guest', '')
  const admin = owner.redis
  for (const redis of [client, guest, admin])
    for (const command of ['EVAL', 'EVAL_RO', 'EVALSHA', 'EVALSHA_RO'])
      await expect(redis.call(command, 'return 1', '0')).rejects.toThrow(/NOPERM/)
  for (const redis of [client, guest]) {
    await expect(redis.call('SCRIPT', 'LOAD', 'return 1')).rejects.toThrow(/NOPERM/)
    for (const call of [['LOAD', libraryText], ['DELETE', libraryName], ['FLUSH'], ['LIST'], ['KILL']])
      await expect(redis.call('FUNCTION', ...call)).rejects.toThrow(/NOPERM/)
  }
  await expect(guest.call('FCALL', qualified('move-photos'), '0')).rejects.toThrow(/NOPERM/)
})

test('functions are kept over a crash of Redis, as data is', async () => {
  const { gallery, owner, mal } = await buildMemberGallery(startEmbeddedGallery)
  const { total } = await pageOfPhotos(mal, view, 0, 10)
  process.kill(Number(readFileSync(join(gallery.home.path, 'redis', 'redis.pid'), 'utf8')), 'SIGKILL')
  await expect
    .poll(() => pageOfPhotos(mal, view, 0, 10).catch(() => null), { timeout: 30_000 })
    .toMatchObject({ total })
  expect(await owner.redis.call('FUNCTION', 'LIST', 'LIBRARYNAME', libraryName)).toHaveLength(1)
})

test('where they are missing, a member is told what to do, and an administrator brings them back', async () => {
  const { owner, mal, spoiled } = await buildMemberGallery()
  const rate = (session: typeof mal, to: string) => {
    const [{ album, photos } = { album: '', photos: [] }] = spoiled
    return change(session, [
      { kind: 'edit', album, field: 'rating', values: [{ photo: photos[1] ?? '', to }] },
    ])
  }
  await owner.redis.call('FUNCTION', 'DELETE', libraryName)
  await expect(rate(mal, '3')).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('An administrator has to open the gallery once'),
  })
  expect(await rate(owner, '4')).toMatchObject({ changed: 1 })
  expect(await rate(mal, '5')).toMatchObject({ changed: 1 })
})

test('another text under the name of the library gives way when an administrator opens the gallery', async () => {
  const { env, owner } = await buildMemberGallery()
  const forged = libraryText.replace("'changedMeanwhile'", "'changedAtOnce'")
  expect(forged).not.toBe(libraryText)
  await owner.redis.call('FUNCTION', 'LOAD', 'REPLACE', forged)
  const again = await openGallery({ env })
  await again.self()
  await again.close()
  const [library] = (await owner.redis.call(
    'FUNCTION',
    'LIST',
    'LIBRARYNAME',
    libraryName,
    'WITHCODE',
  )) as unknown[][]
  expect(library).toContain(libraryText)
})

test('two versions of the library live side by side', async () => {
  const { owner, mal, spoiled } = await buildMemberGallery()
  const other = libraryText.replaceAll(libraryName, 'cimaise_000000000000')
  await owner.redis.call('FUNCTION', 'LOAD', other)
  const [{ album, photos } = { album: '', photos: [] }] = spoiled
  const edit = { kind: 'edit' as const, album, field: 'rating' as const }
  expect(await change(mal, [{ ...edit, values: [{ photo: photos[1] ?? '', to: '2' }] }])).toMatchObject({
    changed: 1,
  })
})

test('whatever a member calls a function with, Redis is soon there for others again', async () => {
  const { client, mal, spoiled, owner } = await buildMemberGallery()
  const { keys } = mal
  const [{ album, photos } = { album: '', photos: [] }] = spoiled
  const touched = [keys.acts('mal'), keys.albumPhotos(album), keys.photo(album), keys.albumTag(album)]
  const rest = [keys.albumTags(album), keys.albumTagNames(album), keys.albumEvents(album)]
  const all = [...touched, ...rest, keys.albumBehind(album)]
  const endless = Array.from({ length: 20_000 }, (_, n) => `${'a/'.repeat(100)}${n}`)
  const tags = [
    'mal',
    'a'.repeat(12),
    'free',
    '1e9',
    '',
    String(endless.length),
    ...endless.flatMap((tag) => [tag, tag]),
  ]
  const call = client.call('FCALL', qualified('tag-photos'), all.length, ...all, ...tags, '0', ...photos, '')
  await expect(call).rejects.toThrow(/INVALID/)
  await client.hset(keys.photo(album, photos[1] ?? ''), 'tags', 'a/'.repeat(2_000_000))
  const values = [{ photo: photos[1] ?? '', to: '2020-01-01T00:00:00+00:00' }]
  expect(await change(owner, [{ kind: 'edit', album, field: 'dated', values }])).toMatchObject({ changed: 1 })
})

test('after an update from a version with other rules, members are told what to do', async () => {
  const { owner, mal } = await buildMemberGallery()
  await owner.redis.call('ACL', 'SETUSER', 'mal', '-fcall', '-fcall_ro')
  await expect(pageOfPhotos(mal, view, 0, 10)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('An administrator has to open the gallery once'),
  })
})
