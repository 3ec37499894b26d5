/** Every icon of the program, from two drawings: resources/icon.svg, and icon-small.svg for what is smaller than 48 pixels. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp, { type Color, type Sharp } from 'sharp'
import { toIcns, toIco, type Square } from './containers.ts'

const root = join(import.meta.dirname, '../..')

/** Below this side, in pixels, the wires of the large drawing are dirt. */
const largeFrom = 48

/** The ground behind the picture, as both drawings have it. */
const ground = '#262626'

const drawing = (side: number) =>
  readFileSync(join(root, 'resources', side < largeFrom ? 'icon-small.svg' : 'icon.svg'))

const drawn = (side: number) => {
  const svg = drawing(side)
  const [, width] = /viewBox="0 0 (\d+)/.exec(svg.toString()) ?? []
  return sharp(svg, { density: (72 * side) / Number(width) }).resize(side, side)
}

const png = (picture: Sharp) => picture.png({ compressionLevel: 9 }).toBuffer()

/** Share of a Mac's icon that the drawing takes: the others there have such an edge too. */
const shareOnMac = 824 / 1024
/** Share of a phone's icon, which is rounded off by the phone itself. */
const shareOnPhone = 0.92
/** Share of a maskable icon that no mask cuts off, less a little. */
const shareInMask = 0.78

const plain = async (side: number): Promise<Square> => ({ side, png: await png(drawn(side)) })

/** The drawing in the middle of a square. */
const framed = async (side: number, share: number, background: Color): Promise<Square> => {
  const inner = await drawn(2 * Math.round((side * share) / 2)).toBuffer()
  const canvas = sharp({ create: { width: side, height: side, channels: 4, background } })
  return { side, png: await png(canvas.composite([{ input: inner }])) }
}

const clear = { r: 0, g: 0, b: 0, alpha: 0 }
/** Where pixels are few, none are left for an edge. */
const onMac = (side: number) => (side < largeFrom ? plain(side) : framed(side, shareOnMac, clear))
const all = (make: (side: number) => Promise<Square>, sides: number[]) => Promise.all(sides.map(make))

const linuxSides = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const windowsSides = [16, 24, 32, 48, 64, 128, 256]
const macSides = [16, 32, 64, 128, 256, 512, 1024]

/** Each file with what is in it, by its path below the project. */
export const drawIcons = async (): Promise<Map<string, Buffer>> => {
  const page = 'src/renderer/public'
  const files = new Map<string, Buffer>([
    ['resources/icon.ico', toIco(await all(plain, windowsSides))],
    ['resources/icon.icns', toIcns(await all(onMac, macSides))],
    [`${page}/icon.svg`, drawing(largeFrom)],
    [`${page}/icon-192.png`, (await plain(192)).png],
    [`${page}/icon-512.png`, (await plain(512)).png],
    [`${page}/icon-apple-180.png`, (await framed(180, shareOnPhone, ground)).png],
    [`${page}/icon-maskable-512.png`, (await framed(512, shareInMask, ground)).png],
  ])
  for (const { side, png } of await all(plain, linuxSides))
    files.set(`resources/icons/${side}x${side}.png`, png)
  return files
}
