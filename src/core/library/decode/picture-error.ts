import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'

/** A picture that cannot be shown; the text says why. Its cause holds the decoder's own words, which users do not see. */
export class PictureError extends Error {
  readonly text: Text
  /** A file that is not whole yet would look like this. */
  readonly maybeCut: boolean

  constructor(text: Text, maybeCut = false, cause?: unknown) {
    super(english(text), { cause })
    this.text = text
    this.maybeCut = maybeCut
  }
}

/** What a part of a picture is missing by: the file ends before it, or its data make no sense. */
export type Damage = 'cut' | 'broken'

const words = (error: unknown) => (error instanceof Error ? error.message : String(error))

const cut =
  /premature end(?! of data segment)|end of file|end of input|end-of-file|insufficient image data|truncat|not enough data|read error|too short|read gap|out of data|incomplete/i

/** What a decoder's complaint comes to. */
export const damageBy = (error: unknown): Damage => (cut.test(words(error)) ? 'cut' : 'broken')

/** Complaints of libjpeg about what stands around or between the data of a picture that is whole. */
const harmlessInJpeg =
  /extraneous bytes before marker 0x(?!d[0-7])|Invalid SOS parameters|Inconsistent progression|unknown (JFIF|Adobe)|Unsupported JFIF|Unsupported marker|unknown color transform/i

const aboutJpeg = /VipsJpeg|Corrupt JPEG|JPEG/

/** Whether a complaint in the strictest mode, which names warnings too, tells of a part of the picture that is missing. */
export const tellsOfLoss = (error: unknown): boolean =>
  aboutJpeg.test(words(error)) && !harmlessInJpeg.test(words(error))

/** Our own words for why nothing could be made of a file. */
export const refusalBy = (error: unknown): PictureError => {
  if (error instanceof PictureError) return error
  if (/memory|resources exhausted|allocat/i.test(words(error)))
    return new PictureError({ id: 'pictureTooLarge' }, false, error)
  return new PictureError({ id: damageBy(error) === 'cut' ? 'pictureCut' : 'pictureBroken' }, true, error)
}
