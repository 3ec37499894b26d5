import { normalizeTag } from '../../../shared/domain/tags.ts'
import type { CatalogueResult } from '../../../shared/schemas/catalogue.ts'
import type { flags, labels } from '../../../shared/domain/marks.ts'

/** What another program knows of one photo: claims of a file, brought into the bounds of our own fields. */
export interface CataloguedPhoto {
  /** Where it lies, as the other program says. */
  path: string
  title?: string
  caption?: string
  /** 1 to 5. */
  rating?: number
  flag?: (typeof flags)[number]
  label?: (typeof labels)[number]
  /** Branches are parted by slashes. */
  tags: string[]
  /** When it was taken, ISO 8601 with zone: only where the program knows it better than the file may. */
  taken?: string
  /** The collections that it is in, by their titles, and its position in each. */
  collections: { title: string; position: number }[]
}

export interface Catalogue {
  program: CatalogueResult['program']
  photos: CataloguedPhoto[]
}

/** Photos of one catalogue at most: what is larger is none that these programs make. */
export const maxCatalogued = 2_000_000

/** Characters of a title and of a caption, as users enter them. */
const [maxTitle, maxCaption] = [200, 10_000]
/** Tags of one photo, and characters of one tag. */
const [maxTags, maxTag] = [100, 100]

const clean = (value: unknown, most: number, controls: RegExp): string =>
  typeof value === 'string' ? value.replace(controls, ' ').normalize('NFC').trim().slice(0, most).trim() : ''

/** A title, or none. */
export const titleIn = (value: unknown) => {
  const title = clean(value, maxTitle, /\p{Cc}+/gu)
  return title === '' ? {} : { title }
}

/** A caption, or none. */
export const captionIn = (value: unknown) => {
  const caption = clean(value, maxCaption, /[^\P{Cc}\n\t]+/gu)
  return caption === '' ? {} : { caption }
}

/** Stars, or none. */
export const ratingIn = (value: unknown) => {
  const rating = Math.round(Number(value))
  return rating >= 1 && rating <= 5 ? { rating } : {}
}

/** One part of a branch of tags: a slash in it would part it once more. */
export const tagPart = (name: string): string => name.replaceAll('/', '\u2215')

/** Tags as they can be given. */
export const tagsIn = (names: string[]): string[] =>
  [...new Set(names.map((name) => normalizeTag(clean(name, maxTag, /\p{Cc}+/gu))))]
    .filter(Boolean)
    .slice(0, maxTags)

/** The title of a collection from its own name and those of what it lies in. */
export const collectionTitle = (names: string[]): string =>
  clean(names.join(' \u203a '), maxTitle, /\p{Cc}+/gu)
