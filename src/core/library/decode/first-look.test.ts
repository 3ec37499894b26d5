import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawCameraRaw, type CameraRawOptions } from '../../../../test/support/pictures/raw-samples.ts'
import { headBytes } from '../index/first-digest.ts'
import { firstLooks } from './first-look.ts'
import { readPhoto } from './read-photo.ts'

const folder = mkdtempSync(join(tmpdir(), 'cimaise-look-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Red above, green below. */
const twoColours = (width: number, height: number) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="50%" fill="#c33"/><rect y="50%" width="100%" height="50%" fill="#3c3"/></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer()
}

const taken = '2024:05:06 07:08:09'
const small = await twoColours(320, 214)
const preview = await twoColours(3000, 2000)

/** The small picture lies behind what a first look reads. */
const farSmall = Buffer.concat([Buffer.alloc(headBytes), small])
const cutSmall = Buffer.concat([Buffer.alloc(headBytes - small.length / 2), small])

const raws: Record<string, Partial<CameraRawOptions>> = {
  lying: {},
  turned: { orientation: 6 },
  upright: {
    orientation: 8,
    small: await twoColours(214, 320),
    preview: await twoColours(2000, 3000),
  },
  undated: { taken: undefined },
  far: { small: farSmall },
  cut: { small: cutSmall },
  other: { small: await twoColours(200, 200) },
}

const pathOf = (name: string) => join(folder, `${name}.nef`)

const lookAt = async (name: string) => {
  const path = pathOf(name)
  // One that was written just now may not be whole.
  await expect.poll(() => Date.now() - statSync(path).ctimeMs).toBeGreaterThan(1500)
  return (await firstLooks([{ path }]))[0] ?? null
}

const readWhole = async (name: string) => {
  const result = await readPhoto(pathOf(name))
  if (result.kind !== 'photo') throw new Error(`${name} is ${result.kind}`)
  return result.photo
}

const colours = async (thumb: Uint8Array) => {
  const { data, info } = await sharp(thumb).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number) =>
    (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels
  const nameOf = (from: number) => ((data[from] ?? 0) > (data[from + 1] ?? 0) ? 'red' : 'green')
  return [nameOf(at(0.2, 0.2)), nameOf(at(0.8, 0.8)), nameOf(at(0.2, 0.8))]
}

beforeAll(() => {
  for (const [name, options] of Object.entries(raws))
    writeFileSync(
      pathOf(name),
      drawCameraRaw({ width: 3000, height: 2000, taken, small, preview, ...options }),
    )
})

test.each(['lying', 'turned', 'upright'])(
  'a first look at a RAW whose small picture is %s shows what its reading shows',
  async (name) => {
    const [look, whole] = [await lookAt(name), await readWhole(name)]
    if (!look) throw new Error('there is none')
    const told = ['type', 'width', 'height', 'taken', 'camera', 'aperture', 'orientation']
    const fieldsOf = ({ fields }: typeof look) => told.map((field) => fields[field])
    expect(fieldsOf(look)).toEqual(fieldsOf(whole))
    expect(look.digest).toBe(whole.first)
    expect(look.time).toBe(whole.time)
    expect(await colours(look.thumb)).toEqual(await colours(whole.thumb))
  },
)

test.each([
  ['tells no date', 'undated'],
  ['has its small picture further on', 'far'],
  ['has its small picture at the edge of what is read', 'cut'],
  ['has a small picture of another shape', 'other'],
])('a RAW whose beginning %s waits for its turn', async (_, name) => {
  expect((await readWhole(name)).fields['width']).toBe('3000')
  expect(await lookAt(name)).toBeNull()
})
