import { townText } from '../places/gazetteer.ts'
import type { IndexedPhoto } from './indexed-photo.ts'

/**
 * What the photos of an album say, in a few long texts: where none of them has a word, no photo needs to be looked at. Photos that have
 * left or changed may be in there still, so that a word which is found may be one of theirs.
 */
export interface AlbumTexts {
  texts: readonly string[]
  /** Cameras and lenses. */
  gear: ReadonlySet<string>
  /** Towns that they were taken near. */
  towns: ReadonlySet<number>
}

/** Photos whose texts are one: each of them is then a part of it, and takes no room of its own. */
const together = 2000
/** Texts of a few changed photos that are kept beside the others before all are put together anew. */
const maxPieces = 50

const joined = (photos: IndexedPhoto[]): string => {
  const whole = photos.map(({ text }) => text).join('\n')
  let at = 0
  for (const photo of photos) {
    const end = at + photo.text.length
    photo.text = whole.slice(at, end)
    at = end + 1
  }
  return whole
}

const textsOf = (photos: IndexedPhoto[]): string[] => {
  const texts: string[] = []
  for (let at = 0; at < photos.length; at += together) texts.push(joined(photos.slice(at, at + together)))
  return texts
}

/** The texts of an album. `before` and `changed`: where it was known before, and which of its photos are others since. */
export const albumTexts = (
  photos: ReadonlyMap<string, IndexedPhoto>,
  before?: AlbumTexts,
  changed: readonly string[] = [],
): AlbumTexts => {
  const isWhole = !before || before.texts.length > maxPieces + photos.size / together
  const others = isWhole
    ? [...photos.values()]
    : changed.flatMap((id) => {
        const photo = photos.get(id)
        return photo ? [photo] : []
      })
  const gear = new Set(isWhole ? [] : before.gear)
  const towns = new Set(isWhole ? [] : before.towns)
  for (const photo of others) {
    gear.add(photo.gear)
    if (photo.town >= 0) towns.add(photo.town)
  }
  return { texts: [...(isWhole ? [] : before.texts), ...textsOf(others)], gear, towns }
}

/** Whether any photo of an album may have a word, or several next to each other. */
export const mayHave = ({ texts, gear, towns }: AlbumTexts, value: string): boolean => {
  if (texts.some((text) => text.includes(value))) return true
  for (const one of gear) if (one.includes(value)) return true
  for (const town of towns) if (townText(town).includes(value)) return true
  return false
}
