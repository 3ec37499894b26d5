import { readPicture, type Picture } from '../image.ts'
import { sharp } from '../sharp.ts'
import { frameOf } from './ffmpeg.ts'
import type { VideoFacts, VideoFile } from './facts.ts'

/** Longest side of the frame that a thumbnail is made from, in pixels: twice its own, so that it is sharp. */
const frameSide = 640
/** A frame darker than this is a film that has not begun, on average from 0 to 255. */
const darkest = 20
/** Where a film that is so long shows what it is about; the next one is asked for where it is dark there. */
const moments = [0.1, 0.35, 0.7]
/** No farther into the film than this, in seconds. */
const farthest = 30

type Still = Pick<Picture, 'thumb' | 'thumbName' | 'placeholder'>

const brightnessOf = async (png: Buffer) => {
  const { channels } = await sharp(png).removeAlpha().stats()
  return channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length
}

const brightFrame = async (
  { file, type, path }: VideoFile & { path: string },
  seconds: number | null,
): Promise<Buffer | null> => {
  let best: { png: Buffer; brightness: number } | null = null
  for (const part of seconds === null ? [0] : [...moments, 0]) {
    const at = Math.min(farthest, (seconds ?? 0) * part)
    const png = await frameOf({ file, path, type, at, side: frameSide })
    const brightness = png ? await brightnessOf(png).catch(() => -1) : -1
    if (png && brightness > (best?.brightness ?? -1)) best = { png, brightness }
    if (best && best.brightness >= darkest) break
  }
  return best?.png ?? null
}

/** A piece of film without a picture: neutral on light and dark, and as wide and high as the film. */
const drawing = (width: number, height: number): Buffer => {
  const scale = 320 / Math.max(width, height)
  const [w, h] = [Math.max(64, Math.round(width * scale)), Math.max(64, Math.round(height * scale))]
  const hole = Math.round(Math.min(w, h) / 14)
  const count = Math.floor(w / (3 * hole))
  const margin = (w - (3 * count - 2) * hole) / 2
  const holes = Array.from({ length: count }, (_, n) => {
    const x = margin + n * 3 * hole
    const rect = (y: number) =>
      `<rect x="${x}" y="${y}" width="${hole}" height="${hole}" rx="${hole / 4}" fill="#8a8a8a"/>`
    return rect(hole) + rect(h - 2 * hole)
  }).join('')
  const r = Math.min(w, h) / 8
  const triangle = `M${w / 2 - r * 0.8} ${h / 2 - r}L${w / 2 + r} ${h / 2}L${w / 2 - r * 0.8} ${h / 2 + r}Z`
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">` +
      `<rect width="${w}" height="${h}" fill="#6a6a6a"/>${holes}<path d="${triangle}" fill="#9c9c9c"/></svg>`,
  )
}

/** Thumbnail and placeholder of a video: a frame of it, or a drawing where no frame is to be had. */
export const posterOf = async (
  video: VideoFile & { path: string },
  { width, height, seconds }: Pick<VideoFacts, 'width' | 'height' | 'seconds'>,
): Promise<Still & { drawn: boolean }> => {
  const frame = await brightFrame(video, seconds)
  const still = frame && (await readPicture(frame, 'image/png').catch(() => null))
  if (still) return { ...still, drawn: false }
  const drawn = await sharp(drawing(width || 16, height || 9))
    .png()
    .toBuffer()
  return { ...(await readPicture(drawn, 'image/png')), drawn: true }
}
