import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { readBackup } from '../../../src/core/backup/read-backup.ts'
import { restoreBackup } from '../../../src/core/backup/restore-backup.ts'
import { fileSink } from '../../../src/core/backup/sink.ts'
import { takeBackup } from '../../../src/core/backup/take-backup.ts'
import { checkGallery } from '../../../src/core/maintenance/check-gallery.ts'
import { listSelections } from '../../../src/core/selections/client-selections.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import { writeComment } from '../../../src/core/comments/comments.ts'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { openLibrary } from '../../../src/core/library/watched-library.ts'
import type { Gallery } from '../../../src/core/gallery/gallery.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { allOriginals } from '../../../src/core/library/host-originals.ts'
import { createAccount, editAccount } from '../../../src/core/access/accounts.ts'
import { createGroup } from '../../../src/core/access/groups.ts'
import { publish } from '../../../src/core/access/grants.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { dumpOf, everything, redisUsers, rewrite } from '../../support/backup.ts'
import { cleanEnvironment, startEmbeddedGallery } from '../../support/gallery.ts'
import { allPhotos, startEmbeddedLibrary, takeIn, type TestLibrary } from '../../support/library.ts'
import { change, findings, albumWithPhotos } from '../../support/organise.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { turnCodesOn } from '../../../src/core/access/login-codes.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const password = 'correct horse battery'

/** A gallery with something of everything in it. */
const furnished = async () => {
  const started = await startEmbeddedLibrary()
  const { gallery, session, library } = started
  const photos = temporaryFolder()
  await drawPhotos(join(photos, 'Sea'), 4)
  await drawPhotos(join(photos, 'Hills'), 3, 50)
  writeFileSync(join(photos, 'Hills', 'broken.jpg'), 'no picture')
  await takeIn(library, photos)
  const all = await allPhotos(session)
  const albumOf = (title: string) => all.find(({ path }) => path.includes(`/${title}/`))?.album ?? ''
  const [sea, hills] = [albumOf('Sea'), albumOf('Hills')]
  const inSea = all.filter(({ album }) => album === sea).map(({ id }) => id)
  await change(session, [
    { kind: 'tag', album: sea, photos: inSea, add: ['Birds/Heron', 'Été'], remove: [] },
    { kind: 'trash', album: sea, photos: inSea.slice(0, 1) },
  ])
  const person = { role: 'member' as const, canCreateAlbums: true }
  await createAccount(session, { ...person, name: 'ana', key: await deriveKey(gallery.id, 'ana', password) })
  await createAccount(session, { ...person, name: 'ben', key: 'b'.repeat(64) })
  await editAccount(session, { name: 'ben', disabled: true })
  await createGroup(session, { name: 'crew' })
  await grant(session, 'ana', { [sea]: 'modify' })
  await publish(session, hills, true)
  await writeComment(session, { album: sea, photo: inSea[1] ?? '', text: 'A heron', spot: null })
  await createShare(session, {
    name: 'share~Abcd1234',
    album: sea,
    label: 'Beach',
    expires: '2090-01-01T00:00:00Z',
    key: 'a'.repeat(64),
    hasPassword: false,
    answers: { comments: true, selection: 2, closed: false },
  })
  const visitor = await gallery.login('share~Abcd1234', 'a'.repeat(64))
  await pickPhoto(visitor, { photo: inSea[1] ?? '', words: 'Large, please' })
  await describeSelection(visitor, { name: 'Anna Berg', done: true })
  return { ...started, photos, sea }
}

/** A gallery with an album, for what is refused. */
const plain = async () => {
  const { gallery, env } = await startEmbeddedGallery()
  const session = await gallery.self()
  await albumWithPhotos(session, 'Sea', 20)
  return { gallery, env, session }
}

const backUp = async ({ gallery, session }: Pick<TestLibrary, 'gallery' | 'session'>) => {
  const file = join(temporaryFolder(), 'gallery.backup')
  const made = await takeBackup(session, gallery.home, () => fileSink(file))
  return { file, made }
}

const newHome = (more: NodeJS.ProcessEnv = {}) =>
  cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-'), ...more })

const reopened = async (
  env: NodeJS.ProcessEnv,
): Promise<{ gallery: Gallery; session: TestLibrary['session'] }> => {
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  return { gallery, session: await gallery.self() }
}

const names = ['owner', 'guest', 'ana', 'ben', 'share~Abcd1234']

test('a restored gallery equals the one that was backed up to the last detail, and all accounts log in as before', async () => {
  const first = await furnished()
  const { file, made } = await backUp(first)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const begun = performance.now()
  const before = await everything(first.session)
  const env = newHome()
  const restored = await restoreBackup(file, { env })
  expect(restored).toMatchObject({ photos: made.photos, keys: made.keys, thumbnails: made.thumbnails })
  expect([made.photos, made.albums]).toEqual([7, 2])
  const second = await reopened(env)
  const after = await everything(second.session)
  expect(after.content).toEqual(before.content)
  // Byte for byte, but where the owner's new key stands, and sets, whose order tells nothing.
  const differing = [...before.dumps.keys()].filter((key) => before.dumps.get(key) !== after.dumps.get(key))
  expect(
    differing.filter(
      (key) => !/:(logins|rights|administrators|users|makers|groups|members|public|albums)$/.test(key),
    ),
  ).toEqual([])
  // A time to live goes on from what was left: it differs by no more than what has passed here, and a second.
  const passed = performance.now() - begun + 1000
  for (const [key, life] of before.lives) {
    const other = after.lives.get(key) ?? 0
    expect(Math.abs(life - other), key).toBeLessThan(life < 0 ? 1 : passed)
  }
  expect(await redisUsers(second.session, names)).toEqual(await redisUsers(first.session, names))
  expect(second.gallery.id).toBe(first.gallery.id)
  expect(second.gallery.home.host).toBe(first.gallery.home.host)
  expect(second.gallery.home.roots('cimaise').map(({ path }) => path)).toEqual(
    first.gallery.home.roots('cimaise').map(({ path }) => path),
  )
  expect(await listSelections(second.session, first.sea)).toMatchObject([
    { name: 'Anna Berg', most: 2, closed: false, picks: [{ words: 'Large, please' }] },
  ])
  const ana = await second.gallery.login('ana', await deriveKey(second.gallery.id, 'ana', password))
  expect(ana).toMatchObject({ account: 'ana', identity: { administrator: false } })
  await second.gallery.login('share~Abcd1234', 'a'.repeat(64))
  await expect(second.gallery.login('ben', 'b'.repeat(64))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  expect(await checkGallery(second.session, { repair: false })).toEqual([])
})

test('no key that opens anything is in a backup', async () => {
  const first = await furnished()
  const { file } = await backUp(first)
  const text = gunzipSync(readFileSync(file)).toString()
  const bytes = text
    .split('\n')
    .map((line) => Buffer.from(/"dump":"([^"]*)"/.exec(line)?.[1] ?? '', 'base64').toString('latin1'))
    .join('\n')
  const redis = join(first.gallery.home.path, 'redis')
  const secrets = [
    readFileSync(join(redis, 'owner.key'), 'utf8').trim(),
    readFileSync(join(redis, 'keeper.key'), 'utf8').trim(),
    await deriveKey(first.gallery.id, 'ana', password),
    password,
  ]
  for (const secret of secrets) expect((text + bytes).includes(secret)).toBe(false)
})

test('with the photos where they were nothing is twice and every original opens', async () => {
  const first = await furnished()
  const { file } = await backUp(first)
  const before = await allPhotos(first.session)
  const env = newHome()
  await restoreBackup(file, { env })
  const { gallery, session } = await reopened(env)
  const library = await openLibrary(session, gallery.home, { watch: true, decoder: sharedDecoder() })
  onTestFinished(() => library.close())
  await library.settled()
  expect(library.status()).toMatchObject({ added: 0, changed: 0 })
  expect((await library.failures()).map(({ path }) => path)).toEqual([
    join(first.photos, 'Hills', 'broken.jpg'),
  ])
  expect(await allPhotos(session)).toEqual(before)
  for (const { album, id } of before) expect(await opens(session, gallery, album, id)).toBe(true)
  expect(gallery.home.roots('cimaise')).toEqual(first.gallery.home.roots('cimaise'))
})

/** Whether the original of a photo can be read here. */
const opens = async (session: Session, { home }: Gallery, album: string, id: string) => {
  const { file, unchanged } = await (await allOriginals(session, home)).open(session, album, id)
  await file.close()
  return unchanged
}

test('with the photos in another folder nothing is twice either, once their folder is added', async () => {
  const first = await furnished()
  const { file } = await backUp(first)
  await first.library.close()
  const before = await allPhotos(first.session)
  const moved = join(temporaryFolder(), 'elsewhere')
  renameSync(first.photos, moved)
  const env = newHome()
  await restoreBackup(file, { env })
  const { gallery, session } = await reopened(env)
  const library = await openLibrary(session, gallery.home, { watch: false, decoder: sharedDecoder() })
  onTestFinished(() => library.close())
  expect(await library.roots()).toMatchObject([{ path: first.photos, online: false }])
  await takeIn(library, moved)
  expect(library.status()).toMatchObject({ added: 0, failed: 1 })
  const after = await allPhotos(session)
  expect(after.map(({ id }) => id).toSorted()).toEqual(before.map(({ id }) => id).toSorted())
  for (const { album, id } of after) expect(await opens(session, gallery, album, id)).toBe(true)
})

test('it is restored into another Redis, with the login of its URL, and all accounts come back', async () => {
  const first = await furnished()
  const { file } = await backUp(first)
  const redis = await startRedis('--aclfile', '')
  const env = newHome({ CIMAISE_REDIS_URL: redis.url })
  await restoreBackup(file, { env })
  const { gallery, session } = await reopened(env)
  expect((await everything(session)).content).toEqual((await everything(first.session)).content)
  await gallery.login('ana', await deriveKey(gallery.id, 'ana', password))
  // No other program has data there: users without an account have no business there any more.
  expect(await session.redis.call('ACL', 'GETUSER', 'default')).toContainEqual(
    expect.arrayContaining(['off']),
  )
  await expect(restoreBackup(file, { env })).rejects.toMatchObject({
    code: expect.stringMatching(/CONFLICT|FORBIDDEN/),
  })
})

test('accounts are asked for codes after a restore too, but for the one that restores, as no program types any', async () => {
  const { gallery, session } = await plain()
  const keyOf = (name: string) => deriveKey(gallery.id, name, password)
  for (const name of ['ana', 'root']) {
    const role = name === 'root' ? ('administrator' as const) : ('member' as const)
    await createAccount(session, { name, role, canCreateAlbums: false, key: await keyOf(name) })
    await turnCodesOn(session, name, { sealed: 'sealed', spared: { session: '', clients: [] } })
    await expect(gallery.login(name, await keyOf(name))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const { file } = await backUp({ gallery, session })
  const redis = await startRedis('--aclfile', '')
  const env = newHome({
    ...{ CIMAISE_REDIS_URL: redis.url, CIMAISE_ACCOUNT: 'root', CIMAISE_PASSWORD: password },
  })
  await restoreBackup(file, { env })
  const restored = await reopened(env)
  expect(restored.session.account).toBe('root')
  await expect(restored.gallery.login('ana', await keyOf('ana'))).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('where there is a gallery already nothing is touched', async () => {
  const first = await plain()
  const { file } = await backUp(first)
  const other = await plain()
  const before = await everything(other.session)
  await expect(restoreBackup(file, { env: other.env })).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/There is a gallery in this data folder already/),
  })
  const { content, dumps } = await everything(other.session)
  expect({ content, dumps }).toEqual({ content: before.content, dumps: before.dumps })
  expect(other.gallery.home.roots('cimaise')).toEqual([])
})

test('a file that was cut, changed, or made by a newer Cimaise is refused before anything is written', async () => {
  const first = await plain()
  const { file } = await backUp(first)
  const whole = readFileSync(file)
  const bad = join(temporaryFolder(), 'bad.backup')
  const env = newHome()
  const refused = async (why: RegExp) => {
    await expect(restoreBackup(bad, { env })).rejects.toThrow(why)
    await expect(readBackup(bad)).rejects.toThrow(why)
    expect(existsSync(join(env['CIMAISE_HOME'] ?? '', 'redis'))).toBe(false)
  }
  for (const length of [0, 1, 10, 500, whole.length - 9, whole.length - 1]) {
    writeFileSync(bad, whole.subarray(0, length))
    await refused(/not a whole backup/)
  }
  for (const at of [20, 300, whole.length >> 1, whole.length - 20]) {
    const changed = Buffer.from(whole)
    changed[at] = (changed[at] ?? 0) ^ 1
    writeFileSync(bad, changed)
    await refused(/not a whole backup/)
  }
  rewrite(file, bad, (lines) => lines.filter((_, n) => n !== 5))
  await refused(/more or less in it than it says/)
  rewrite(file, bad, (lines) =>
    lines.map((line, n) => (n === 0 ? line.replace(/"host":"[^"]*"/, '"host":"another"') : line)),
  )
  await refused(/changed after it was made/)
  rewrite(file, bad, (lines) => [...lines, '{}'])
  await refused(/something follows its end/)
  rewrite(file, bad, (lines) => lines.map((line) => line.replace('"format":1', '"format":2')))
  await refused(/made by a newer Cimaise/)
  writeFileSync(bad, 'nothing of the kind')
  await refused(/of another kind/)
  await expect(restoreBackup(join(bad, 'none'), { env })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

/** A file with a checksum that fits, whatever was put into it. */
const forge = (from: string, to: string, more: object[], counts: Record<string, number>) =>
  rewrite(from, to, (lines) => {
    const last = JSON.parse(lines.at(-1) ?? '') as { end: Record<string, number> }
    const body = [...lines.slice(0, -1), ...more.map((line) => JSON.stringify(line))]
    const end = Object.fromEntries(
      Object.entries(last.end).map(([name, n]) => [name, n + (counts[name] ?? 0)]),
    )
    const sha256 = createHash('sha256')
      .update(`${body.join('\n')}\n`)
      .digest('hex')
    return [...body, JSON.stringify({ end, sha256 })]
  })

test('a file made by hand brings no keys but those of its gallery, and no thumbnail that is none', async () => {
  const first = await plain()
  const { file } = await backUp(first)
  const bad = join(temporaryFolder(), 'bad.backup')
  const env = newHome()
  const dump = (await dumpOf(first.session.redis, first.session.keys.public))?.toString('base64') ?? ''
  const lines: [object, string][] = [
    [{ key: 'other', ttl: 0, dump }, 'keys'],
    [{ key: '{studio}:meta', ttl: 0, dump }, 'keys'],
    [{ key: 'cimaise:thumb:x', ttl: 0, dump }, 'keys'],
    [{ thumb: 'a'.repeat(64), ttl: 0, webp: 'AAAA' }, 'thumbnails'],
    [{ key: '{cimaise}:x', ttl: -1, dump }, 'keys'],
  ]
  for (const [line, kind] of lines) {
    forge(file, bad, [line], { [kind]: 1 })
    await expect(restoreBackup(bad, { env })).rejects.toThrow(/no part of a gallery/)
  }
  expect(existsSync(join(env['CIMAISE_HOME'] ?? '', 'redis'))).toBe(false)
})

test('a dump that Redis does not accept leaves nothing behind, and a good backup can follow', async () => {
  const first = await plain()
  const { file } = await backUp(first)
  const bad = join(temporaryFolder(), 'bad.backup')
  const env = newHome()
  const good = (await dumpOf(first.session.redis, first.session.keys.public)) ?? Buffer.alloc(0)
  const spoilt = Buffer.from(good)
  spoilt[2] = (spoilt[2] ?? 0) ^ 0xff
  forge(file, bad, [{ key: '{cimaise}:x', ttl: 0, dump: spoilt.toString('base64') }], { keys: 1 })
  await expect(restoreBackup(bad, { env })).rejects.toThrow(/a record that Redis does not accept/)
  await restoreBackup(file, { env })
  const second = await reopened(env)
  expect(await findings(second.session)).toEqual([])
  expect(await second.session.redis.exists('{cimaise}:x', '{cimaise}:meta:probe')).toBe(0)
})

test('a backup of another gallery says which one it is', async () => {
  const first = await plain()
  const { file } = await backUp(first)
  const env = newHome({ CIMAISE_GALLERY: 'studio' })
  await expect(restoreBackup(file, { env })).rejects.toThrow(/CIMAISE_GALLERY=cimaise/)
})

test('a file is never overwritten, and one that was broken off leaves nothing behind', async () => {
  const { gallery, session } = await plain()
  const folder = temporaryFolder()
  const file = join(folder, 'there')
  writeFileSync(file, 'mine')
  const taken = takeBackup(session, gallery.home, () => fileSink(file))
  await expect(taken).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  const stop = new AbortController()
  const broken = takeBackup(session, gallery.home, () => fileSink(join(folder, 'new')), {
    signal: stop.signal,
    onprogress: () => stop.abort(),
  })
  await expect(broken).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['there'])
  expect(gallery.home.lastBackup('cimaise')).toBeNull()
})

test('only administrators make a backup', async () => {
  const { gallery, session } = await plain()
  const { session: ana } = await addAccount(gallery, session, 'ana', { canCreateAlbums: true })
  const file = join(temporaryFolder(), 'of ana')
  await expect(takeBackup(ana, gallery.home, () => fileSink(file))).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(existsSync(file)).toBe(false)
})

test('a desktop’s gallery restored for a server’s service account takes nothing in twice', async () => {
  const first = await furnished()
  const { file } = await backUp(first)
  await first.library.close()
  const before = await allPhotos(first.session)
  const redis = await startRedis('--aclfile', '')
  const env = newHome({ CIMAISE_REDIS_URL: redis.url, CIMAISE_SERVICE_ACCOUNT: 'library' })
  await restoreBackup(file, { env })
  const { gallery } = await reopened(env)
  const library = await openLibrary(await gallery.service('library'), gallery.home, {
    watch: false,
    decoder: sharedDecoder(),
  })
  onTestFinished(() => library.close())
  await library.rescan()
  await library.settled()
  expect((await allPhotos(await gallery.selfAgain())).map(({ id }) => id).toSorted()).toEqual(
    before.map(({ id }) => id).toSorted(),
  )
})
