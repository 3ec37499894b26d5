import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readPhoto } from './read-photo.ts'
import { sharp } from './sharp.ts'

const folder = mkdtempSync(join(tmpdir(), 'cimaise-read-'))
afterAll(() => rmSync(folder, { recursive: true }))

const draw = async (name: string, width: number, height: number, orientation: number) => {
  const file = join(folder, name)
  const background = { r: width % 256, g: height % 256, b: 90 }
  await sharp({ create: { width, height, channels: 3, background } })
    .withExif({ IFD0: { Model: name } })
    .withMetadata({ orientation })
    .jpeg()
    .toFile(file)
  return file
}

const photoOf = async (file: string) => {
  const result = await readPhoto(file)
  if (result.kind !== 'photo') throw new Error(`${file} is ${result.kind}`)
  return result.photo
}

test.each([
  [900, 600, 1, '900', '600'],
  [900, 600, 6, '600', '900'],
  [600, 900, 3, '600', '900'],
  [901, 900, 6, '900', '901'],
  [901, 900, 1, '901', '900'],
  [20, 10, 8, '10', '20'],
])('a JPEG of %i × %i with orientation %i is %s × %s', async (width, height, turn, right, high) => {
  const { fields } = await photoOf(await draw(`${width}-${height}-${turn}.jpg`, width, height, turn))
  expect([fields['width'], fields['height']]).toEqual([right, high])
})

test('files that are read at once, and one after the other, keep to themselves', async () => {
  const files = await Promise.all(
    [500, 40, 900, 300].map((width) => draw(`${width}.jpg`, width, 2 * width, 1)),
  )
  const known = []
  for (const file of files) known.push(await photoOf(file))
  expect(new Set(known.map(({ digest }) => digest)).size).toBe(4)
  const again = await Promise.all([...files, ...files].map(photoOf))
  expect(again.map(({ thumbName, digest }) => [thumbName, digest])).toEqual(
    [...known, ...known].map(({ thumbName, digest }) => [thumbName, digest]),
  )
  expect(again.map(({ fields }) => fields['width'])).toEqual(
    [...known, ...known].map(({ fields }) => fields['width']),
  )
})
