import { appendFileSync, existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { publish } from '../../../src/core/access/grants.ts'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { DraggedCopies } from '../../../src/core/library/export/dragged-copies.ts'
import { FileIndex } from '../../../src/core/library/index/file-index.ts'
import { createOriginals } from '../../../src/core/photos/originals.ts'
import type { Context, Desktop } from '../../../src/router/base.ts'
import { router } from '../../../src/router/index.ts'
import { throughSteps } from '../../../src/shared/domain/through-steps.ts'
import type { CopiesMade } from '../../../src/shared/schemas/dragged-copies.ts'
import type { ExportProgress } from '../../../src/shared/schemas/export.ts'
import { refOf } from '../../../src/shared/domain/refs.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { sharedDecoder } from '../../support/decoder.ts'
import { allPhotos, startLibrary, takeIn } from '../../support/library.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const never = () => {
  throw new Error('this is not called here')
}

/** A library of two photos behind the contract, on a desktop whose trash is a folder. */
const started = async () => {
  const [opened, copied]: [string[], string[]] = [[], []]
  const dragged: string[][] = []
  const [folder, bin] = [temporaryFolder(), temporaryFolder()]
  await drawPhotos(folder, 2)

  const { gallery, session, library } = await startLibrary()
  await takeIn(library, folder, 'Photos')
  const photos = await allPhotos(session)
  const copiesFolder = join(temporaryFolder(), 'dragged')
  const copies = new DraggedCopies(copiesFolder)
  const decoder = sharedDecoder()
  const desktop: Desktop = {
    chooseFolders: never,
    reveal: never,
    openFile: (path) => Promise.resolve(void opened.push(path)),
    copyText: (text) => Promise.resolve(void copied.push(text)),
    dragOut: (paths) => void dragged.push(paths),
    copies: {
      make: (caller, input, signal) => copies.make({ ...caller, home: gallery.home, decoder }, input, signal),
      pathsOf: (caller, id) => copies.pathsOf(caller, id),
    },
    wishes: never,
    showCommands: never,
    setAppearance: never,
    showPicture: never,
    notify: never,
    showOutside: never,
    showLog: never,
    updates: { follow: never, choose: never, look: never, install: never },
    trash: async (path) => renameSync(path, join(bin, 'trashed.jpg')),
    backup: { save: never, choose: never, restore: never },
    place: {
      describe: never,
      chooseFile: never,
      look: never,
      join: never,
      leave: never,
      setFiles: never,
    },
    accounts: { describe: never, logIn: never, open: never, logOut: never, lock: never },
  }
  const { originals } = library
  const context: Context = { gallery, session, library, originals, desktop, shell: 'desktop' }
  const opens = async (who: typeof session, album: string, photo: string) =>
    originals.open(who, album, photo).then(
      async ({ file }) => file.close().then(() => true),
      () => false,
    )
  const told = { opened, copied, dragged }
  const client = createRouterClient(router, { context })
  return { gallery, session, photos, opens, told, context, client, copies, copiesFolder }
}

test('only a file that is still the one that was taken in goes to the system’s trash', async () => {
  const { photos, client, session } = await started()
  const [first, second] = photos as [(typeof photos)[0], (typeof photos)[0]]
  appendFileSync(first.path, 'more')
  await session.redis.hset(session.keys.photo(second.album, second.id), 'path', first.path)
  const { trashed, failed } = await client.desktop.trashOriginals({ photos: photos.map(refOf) })
  expect(trashed).toBe(1)
  expect(failed).toMatchObject([
    { path: refOf(first), reason: expect.stringMatching(/has changed since/) as unknown },
  ])
  expect([first, second].map(({ path }) => existsSync(path))).toEqual([true, false])
})

test('other programs get the file of a photo by its path: opened, copied or dragged; what is not here stays behind, whatever its record says', async () => {
  const { photos, client, told, session } = await started()
  const [first, second] = photos as [(typeof photos)[0], (typeof photos)[0]]
  const both = { photos: photos.map(refOf) }
  await client.desktop.openOriginal({ album: first.album, photo: first.id })
  expect(await client.desktop.copyPaths(both)).toBe(2)
  await client.desktop.dragOut(both)
  expect(told).toEqual({
    opened: [first.path],
    copied: [`${first.path}\n${second.path}`],
    dragged: [[first.path, second.path]],
  })
  await session.redis.hset(session.keys.photo(first.album, first.id), 'path', second.path)
  rmSync(first.path)
  expect(await client.desktop.copyPaths(both)).toBe(1)
  expect(told.copied.at(-1)).toBe(second.path)
  rmSync(second.path)
  await expect(client.desktop.dragOut(both)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(told.dragged).toHaveLength(1)
})

test('copies are made once to be dragged, as large as was asked for; only who had them made drags them, and they go with the program', async () => {
  const { gallery, photos, client, told, session, context, copies, copiesFolder } = await started()
  const [first, second] = photos as [(typeof photos)[0], (typeof photos)[0]]
  const make = async () =>
    throughSteps<ExportProgress, CopiesMade>(
      await client.desktop.makeCopies({ photos: photos.map(refOf), size: 1280 }),
    )
  const made = await make()
  expect(made).toMatchObject({ made: 2, elsewhere: 0, failed: [] })
  const wanted = { copies: made.copies ?? '' }
  await client.desktop.dragCopies(wanted)
  const [paths = []] = told.dragged
  expect(paths.map((path) => basename(path)).sort()).toEqual(photos.map(({ path }) => basename(path)).sort())
  expect(await Promise.all(paths.map(async (path) => (await sharp(path).metadata()).format))).toEqual([
    'jpeg',
    'jpeg',
  ])
  expect((await make()).copies).toBe(made.copies)

  const { session: ana } = await addAccount(gallery, session, 'ana')
  const other = createRouterClient(router, { context: { ...context, session: ana } })
  await expect(other.desktop.dragCopies(wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await session.redis.hset(session.keys.photo(first.album, first.id), 'caption', 'said since')
  rmSync(second.path)
  const again = await make()
  expect(again).toMatchObject({ made: 1, elsewhere: 1 })
  expect(again.copies).not.toBe(made.copies)
  await copies.clear()
  expect(existsSync(copiesFolder)).toBe(false)
  await expect(client.desktop.dragCopies(wanted)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a photo that was moved is not claimed by who could write to the album that it left', async () => {
  const { gallery, session, photos, client, opens } = await started()
  const [{ id, album }] = photos as [(typeof photos)[0]]
  const { key, session: ana } = await addAccount(gallery, session, 'ana')
  await grant(session, 'ana', { [album]: 'modify' })
  const { id: other } = await createAlbum(session, { title: 'Other' })
  const act = '0123456789ab'
  const move = { kind: 'move' as const, from: album, to: other, photos: [id] }
  await client.changes.apply({ act, changes: [move], mode: 'check' })
  expect(await opens(ana, album, id)).toBe(true)
  await client.changes.apply({ act, changes: [move], mode: 'free' })
  const raw = await plainClient(gallery, 'ana', key)
  await raw.hset(session.keys.photo(album, id), 'name', 'still here')
  expect([await opens(ana, album, id), await opens(session, other, id)]).toEqual([false, true])
})

test('a guest is shown what another process of this host has taken in, and is told of no path', async () => {
  const { gallery, session, photos } = await started()
  const [{ album, id }] = photos as [(typeof photos)[0]]
  const late = createOriginals({ host: session, home: gallery.home, fileIndex: new FileIndex() })
  const guest = await gallery.guest()
  await expect(late.open(guest, album, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await publish(session, album, true)
  const { file, entry } = await late.open(guest, album, id)
  await file.close()
  expect(entry.photo).toBe(id)
})

test('before anybody has logged in, a desktop neither shows nor hands on nor removes the files of a public album', async () => {
  const { gallery, session, photos, context } = await started()
  const [{ album, id: photo }] = photos as [(typeof photos)[0]]
  await publish(session, album, true)
  const guest = createRouterClient(router, { context: { ...context, session: await gallery.guest() } })
  const refused = { code: 'FORBIDDEN' }
  await expect(guest.desktop.reveal({ album, photo })).rejects.toMatchObject(refused)
  await expect(guest.desktop.openOriginal({ album, photo })).rejects.toMatchObject(refused)
  const refs = { photos: photos.map(refOf) }
  await expect(guest.desktop.copyPaths(refs)).rejects.toMatchObject(refused)
  await expect(guest.desktop.dragOut(refs)).rejects.toMatchObject(refused)
  await expect(guest.desktop.makeCopies({ ...refs, size: 1280 })).rejects.toMatchObject(refused)
  await expect(guest.desktop.trashOriginals(refs)).rejects.toMatchObject(refused)
})
