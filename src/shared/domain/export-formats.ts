/** Kinds of copies that can be made. */
export const exportFormats = ['jpeg', 'webp', 'avif', 'png', 'tiff'] as const

/** What is left out of the metadata of copies: nothing, the place where they were taken, or everything. */
export const strips = ['none', 'place', 'all'] as const

export type ExportFormat = (typeof exportFormats)[number]

/** The longest side that can be asked for, in pixels: the most that JPEG holds. */
export const maxExportSide = 65_535

const endings: Record<ExportFormat, string> = {
  jpeg: 'jpg',
  webp: 'webp',
  avif: 'avif',
  png: 'png',
  tiff: 'tif',
}

/** Formats that lose something, by so much as is asked for. */
export const hasQuality = (format: ExportFormat): boolean => ['jpeg', 'webp', 'avif'].includes(format)

/** The name of a file as one of another format: `IMG_1.CR2` as JPEG is `IMG_1.jpg`. */
export const nameAs = (name: string, format: ExportFormat): string =>
  `${name.replace(/(?<=.)\.[^.]*$/, '')}.${endings[format]}`
