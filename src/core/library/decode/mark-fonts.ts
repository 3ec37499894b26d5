import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { resourcesFolder } from '../../gallery/app-paths.ts'
import { lettersOf } from './formats/font-letters.ts'

/**
 * Fonts that lie beside the program (resources/fonts), so that the same words can be drawn on every machine. The one that is asked first
 * draws what both have.
 */
const fonts = [
  { family: 'DejaVu Sans', name: 'DejaVuSans.ttf' },
  { family: 'MotoyaLCedar', name: 'Kosugi-Regular.ttf' },
]

/** The names of the fonts, as Pango takes them. */
export const markFamilies = fonts.map(({ family }) => family).join(',')

/** The files of the fonts. */
export const markFiles = (): string[] => fonts.map(({ name }) => join(resourcesFolder(), 'fonts', name))

let known: ReadonlySet<number>[] | null = null

/** Whether the fonts have every letter of some words: another one would be a box. */
export const haveFontFor = (words: string): boolean => {
  const letters = (known ??= markFiles().map((file) => lettersOf(readFileSync(file))))
  return Array.from(words).every((letter) => letters.some((of) => of.has(letter.codePointAt(0) ?? 0)))
}
