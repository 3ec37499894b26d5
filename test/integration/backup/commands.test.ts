import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { readBackup } from '../../../src/core/backup/read-backup.ts'
import { cimaise, cimaiseJson, cimaiseWith } from '../../support/cli.ts'
import { cleanEnvironment, startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const hung = async () => {
  const { gallery, env } = await startGallery()
  const session = await gallery.self()
  const { album, photos } = await albumWithPhotos(session, 'Sea', 40)
  return { env, session, album, photos, folder: temporaryFolder() }
}

const emptyHome = () => cleanEnvironment({ CIMAISE_HOME: join(temporaryFolder('cimaise-home-'), 'new') })

test('backup and restore answer with what there is, in words and as one JSON document', async () => {
  const { env, folder } = await hung()
  const file = join(folder, 'gallery.cimaise')
  const made = await cimaiseJson<Record<string, unknown>>(env, 'backup', file)
  expect(made).toMatchObject({ file, photos: 40, albums: 1, thumbnails: 0 })
  expect(Object.keys(made).toSorted()).toEqual(['albums', 'bytes', 'file', 'keys', 'photos', 'thumbnails'])
  const again = await cimaise(env, 'backup', file)
  expect(again).toMatchObject({ code: 1, out: '' })
  expect(again.err).toMatch(/^There is a file .*A backup overwrites nothing.*\n$/)
  const there = emptyHome()
  expect(await cimaise(there, 'restore', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/is restored: 40 photos in 1 album/),
  })
  expect(await cimaiseJson(there, 'albums')).toMatchObject([{ title: 'Sea', photos: 40 }])
  const twice = await cimaise(there, 'restore', file)
  expect(twice).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^There is a gallery in this data folder already/),
  })
})

test('restore still takes photos from the trash, and a file is one that is there or looks like one', async () => {
  const { env, folder, photos, album } = await hung()
  const [photo = ''] = photos
  expect(await cimaise(env, 'trash', photo)).toMatchObject({ code: 0 })
  expect(await cimaise(env, 'restore', `${album}/${photo}`)).toMatchObject({
    code: 0,
    out: '1 photo restored.\n',
  })
  const missing = await cimaise(env, 'restore', join(folder, 'none.cimaise'))
  expect(missing).toMatchObject({ code: 1, err: expect.stringMatching(/^There is no file /) })
})

test('a backup on standard output is the file and nothing else', async () => {
  const { env, folder } = await hung()
  const file = join(folder, 'piped')
  const child = spawn(process.execPath, ['out/main/cli.js', 'backup', '-', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
  await pipeline(child.stdout, createWriteStream(file))
  expect(JSON.parse(err)).toMatchObject({ file: null, photos: 40 })
  expect(await readBackup(file)).toMatchObject({ photos: 40, albums: 1 })
})

test('a backup comes back by standard input too, where photos are taken from the trash by their ids', async () => {
  const { env, folder, photos } = await hung()
  const file = join(folder, 'gallery.cimaise')
  await cimaise(env, 'backup', file)
  const there = emptyHome()
  const shell = spawn('sh', ['-c', `"${process.execPath}" out/main/cli.js restore - < "${file}"`], {
    env: there,
  })
  const [code] = (await once(shell, 'exit')) as [number]
  expect(code).toBe(0)
  expect(readdirSync(there['CIMAISE_HOME'] ?? '').filter((name) => name.endsWith('.part'))).toEqual([])
  await cimaiseWith(photos.join('\n'), there, 'trash', '-')
  const back = await cimaiseWith(photos.slice(0, 3).join('\n'), there, 'restore', '-')
  expect(back).toMatchObject({ code: 0, out: '3 photos restored.\n' })
})

test('who is no administrator gets no backup, and no file', async () => {
  const { env, folder } = await hung()
  const password = 'correct horse battery'
  await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana', '--may-create-albums')
  const ana = { ...env, CIMAISE_ACCOUNT: 'ana', CIMAISE_PASSWORD: password }
  const refused = await cimaise(ana, 'backup', join(folder, 'of ana'))
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toMatch(/^Only administrators may back the gallery up/)
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that is not there, or not to be written to, is named', async () => {
  const { env, folder } = await hung()
  const file = join(folder, 'none', 'gallery')
  const refused = await cimaise(env, 'backup', file)
  expect(refused).toMatchObject({ code: 1, err: `There is no folder ${join(folder, 'none')}.\n` })
  expect(existsSync(file)).toBe(false)
})
