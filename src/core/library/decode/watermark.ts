import type { OverlayOptions } from 'sharp'
import { PictureError } from './picture-error.ts'
import { sharp } from './sharp.ts'

/** Height of the letters and their distance from the edges, as parts of the shorter side. */
const [letterPart, marginPart] = [0.03, 0.025]
/** The smallest letters that can still be read, in pixels. */
export const minLetters = 9
/** The points of an inch, which is what fonts are measured in. */
const pointsPerInch = 72

const escaped = (text: string) =>
  text.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign] ?? '')

/** A text in one colour as Pango takes it; `alpha` in percent. */
export const coloured = (text: string, colour: string, alpha: number): string =>
  `<span foreground="${colour}" alpha="${alpha}%">${escaped(text)}</span>`

/** A line of text in one colour, as narrow as the picture. */
const drawn = async (text: string, colour: string, letters: number, width: number) => {
  const { data, info } = await sharp({
    text: {
      text: coloured(text, colour, 65),
      font: 'sans',
      dpi: Math.round(pointsPerInch * (letters / 12)),
      width: Math.max(1, width),
      wrap: 'word-char',
      align: 'right',
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
  return { input: data, width: info.width, height: info.height }
}

/**
 * A text in the lower right corner of a picture: white with a dark shadow, so that it is read on any ground. Throws
 * PictureError where this computer has no font for it.
 */
export const watermarkOf = async (
  text: string,
  { width, height }: { width: number; height: number },
): Promise<OverlayOptions[]> => {
  const short = Math.min(width, height)
  const letters = Math.max(minLetters, Math.round(short * letterPart))
  const margin = Math.max(1, Math.round(short * marginPart))
  const [light, dark] = await Promise.all(
    ['white', 'black'].map((colour) => drawn(text, colour, letters, width - 2 * margin)),
  )
  const seen = light && (await sharp(light.input).stats()).channels.at(-1)?.max
  if (!light || !dark || !seen) throw new PictureError({ id: 'noFont' })
  if (light.width >= width || light.height >= height) return [] // a picture of a few pixels has no room for it
  const at = (shift: number) => ({
    left: Math.max(0, width - light.width - margin + shift),
    top: Math.max(0, height - light.height - margin + shift),
  })
  const shadow = Math.min(margin, Math.max(1, Math.round(letters / 14)))
  return [
    { input: dark.input, ...at(shadow) },
    { input: light.input, ...at(0) },
  ]
}
