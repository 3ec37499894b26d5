import type { OverlayOptions } from 'sharp'
import { haveFontFor, markFamilies, markFiles } from './mark-fonts.ts'
import { PictureError } from './picture-error.ts'
import { sharp } from './sharp.ts'
import { coloured, minLetters } from './watermark.ts'

interface Size {
  width: number
  height: number
}

/** Height of the letters and distance of the lines, as parts of the shorter side. */
const [letterPart, linePart] = [0.035, 0.19]
/** The widest that the words may be, as a part of the shorter side, so that they stand whole on each picture. */
const widestPart = 0.7
/** The letters are drawn so high first, and then in the height that the picture asks for. */
const trialLetters = 24
/** Space between two of them, in heights of their letters. */
const space = 4
/** Of the words, and of the shadow that lets them be read on light ground. */
const [lightAlpha, darkAlpha] = [42, 38]

let opened: Promise<unknown> | null = null

/** A font is known to this process from the first text on that is drawn with its file; where that failed it is tried again. */
const openFonts = () =>
  (opened ??= Promise.all(
    markFiles().map((fontfile) =>
      sharp({ text: { text: '.', font: markFamilies, fontfile } })
        .raw()
        .toBuffer(),
    ),
  ).catch((error: unknown) => {
    opened = null
    throw error
  }))

/** The words in one colour, in a line. */
const drawn = async (
  words: string,
  letters: number,
  { colour, alpha }: { colour: string; alpha: number },
) => {
  if (!haveFontFor(words)) throw new PictureError({ id: 'watermarkLetters' })
  await openFonts()
  // A point is a pixel at 72 dots an inch.
  const { data, info } = await sharp({
    text: {
      text: coloured(words, colour, alpha),
      font: `${markFamilies} ${letters}`,
      dpi: 72,
      rgba: true,
    },
  })
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (!data.some((value) => value !== 0)) throw new PictureError({ id: 'noFont' })
  const { width, height } = info
  return { input: data, raw: { width, height, channels: 4 as const } }
}

/** How high the letters of some words are on a picture. */
const lettersOn = async (words: string, { width, height }: Size) => {
  const short = Math.min(width, height)
  const trial = await drawn(words, trialLetters, { colour: 'white', alpha: lightAlpha })
  const fitting = (trialLetters * widestPart * short) / trial.raw.width
  return Math.max(minLetters, Math.round(Math.min(fitting, short * letterPart)))
}

/** Two lines of the pattern, the lower one shifted by a half: what is repeated over the whole picture. */
const patternOf = async (words: string, picture: Size) => {
  const letters = await lettersOn(words, picture)
  const light = await drawn(words, letters, { colour: 'white', alpha: lightAlpha })
  const dark = await drawn(words, letters, { colour: 'black', alpha: darkAlpha })
  const line = Math.max(2 * light.raw.height, Math.round(Math.min(picture.width, picture.height) * linePart))
  const width = light.raw.width + space * letters
  const shift = Math.max(1, Math.round(letters / 16))
  const [half, edge] = [Math.round(width / 2), Math.round((line - light.raw.height) / 2)]
  const places = [
    { left: edge % half, top: edge },
    { left: half + (edge % half), top: line + edge },
    { left: half + (edge % half) - width, top: line + edge },
  ]
  const layers = places.flatMap(({ left, top }) => [
    { ...dark, left: left + shift, top: top + shift },
    { ...light, left, top },
  ])
  const background = { r: 0, g: 0, b: 0, alpha: 0 }
  return sharp({ create: { width, height: 2 * line, channels: 4, background } }).composite(layers)
}

/**
 * Words in lines over all of a picture, half transparent, white with a dark shadow: wherever visitors cut a piece of some size out, they
 * stand on it. They are drawn with fonts of our own.
 *
 * @throws PictureError where there is no font for them
 */
export const visitorMark = async (words: string, picture: Size): Promise<OverlayOptions[]> => {
  const pattern = await (await patternOf(words, picture)).png().toBuffer()
  const { width, height } = await sharp(pattern).metadata()
  // What is repeated may not be larger than what it is laid over.
  const [cut, fits] = [
    { left: 0, top: 0, width: Math.min(width, picture.width), height: Math.min(height, picture.height) },
    width <= picture.width && height <= picture.height,
  ]
  const input = fits ? pattern : await sharp(pattern).extract(cut).png().toBuffer()
  return [{ input, tile: true, gravity: 'northwest' }]
}
