import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { command, commandJson } from '../../support/cli.ts'
import { galleryEnvironment } from '../../support/gallery.ts'
import { drawPhoto } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const takenIn = async () => {
  const env = await galleryEnvironment()
  const root = temporaryFolder()
  for (const [n, name] of ['Corsica/a.jpg', 'Studio/b.jpg'].entries())
    await drawPhoto(join(root, name), { hue: n * 100 })
  await command(env, 'import', root)
  return { env, target: join(temporaryFolder(), 'copies') }
}

test('an album or all photos go to a folder, as originals or as pictures', async () => {
  const { env, target } = await takenIn()
  const none = { skipped: 0, elsewhere: 0, failed: [] }
  expect(await commandJson(env, 'export', 'Corsica', '--to', target)).toEqual({
    found: 1,
    exported: 1,
    ...none,
  })
  expect(readdirSync(target)).toEqual(['a.jpg'])
  expect(await command(env, 'export', '--all', '--to', target)).toMatchObject({
    code: 0,
    out: '2 photos: 1 exported, 1 there already, 0 failed.\n',
  })
  const words = ['--format', 'webp', '--size', '90', '--strip', 'all', '--pattern', 'small/{name}']
  await command(env, 'export', '--all', '--to', target, ...words)
  expect(readdirSync(join(target, 'small')).toSorted()).toEqual(['a.webp', 'b.webp'])
  expect((await sharp(join(target, 'small/a.webp')).metadata()).width).toBe(90)
})

test('what cannot be meant is wrong usage or is refused, and nothing is written', async () => {
  const { env, target } = await takenIn()
  const to = ['--to', target]
  expect(await command(env, 'export', ...to)).toMatchObject({ code: 2 })
  expect(await command(env, 'export', 'Corsica', '--all', ...to)).toMatchObject({ code: 2 })
  expect(await command(env, 'export', '--all')).toMatchObject({ code: 2 })
  expect(await command(env, 'export', '--all', ...to, '--format', 'bmp')).toMatchObject({ code: 2 })
  expect(await command(env, 'export', '--all', ...to, '--size', '100')).toMatchObject({ code: 1 })
  expect(await command(env, 'export', '--all', ...to, '--format', 'jpeg', '--quality', '101')).toMatchObject({
    code: 1,
  })
  expect(await command(env, 'export', 'Nowhere', ...to)).toMatchObject({ code: 1 })
  expect(() => readdirSync(target)).toThrow('ENOENT')
})
