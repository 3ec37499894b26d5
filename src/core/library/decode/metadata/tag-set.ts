/** What a tag holds: texts are decoded, fractions are numbers, lists keep their order. */
export type TagValue = string | number | readonly (string | number)[]

/**
 * What a file says, by the names that exiftool gives (`EXIF:DateTimeOriginal`, `XMP-dc:Subject`, `IPTC:Keywords`), whoever
 * read it. Nothing in it is trusted. What a sidecar says stands in it twice: over what the file itself says in that tag, and
 * as `Sidecar:` and the name.
 */
export type TagSet = Map<string, TagValue>

/** Characters of one text, and values of one list, at most: longer ones are cut. */
const maxText = 20_000
const maxValues = 1000

/** Makes texts harmless: no NUL, no half of a character, an end. */
const bounded = (value: string | number) =>
  typeof value === 'number' ? value : value.slice(0, maxText).replaceAll('\0', ' ').toWellFormed()

/** Adds a tag; what is empty is not added. */
export const addTag = (tags: TagSet, name: string, value: TagValue | undefined): void => {
  if (value === undefined || value === '') return
  if (typeof value === 'object') {
    if (value.length > 0) tags.set(name, value.slice(0, maxValues).map(bounded))
  } else if (typeof value === 'string' || Number.isFinite(value)) tags.set(name, bounded(value))
}

/** Lets what a sidecar says stand over what the file itself says. */
export const withSidecar = (own: TagSet, sidecar: TagSet): TagSet =>
  new Map([...own, ...sidecar, ...[...sidecar].map(([name, value]) => [`Sidecar:${name}`, value] as const)])

/** All texts and numbers of a tag, as texts. */
export const textsOf = (value: TagValue | undefined): string[] =>
  value === undefined ? [] : (typeof value === 'object' ? value : [value]).map(String)

/** All numbers of a tag; fractions as XMP writes them, `24/10`, too. */
export const numbersOf = (value: TagValue | undefined): number[] =>
  textsOf(value)
    .flatMap((text) => text.trim().split(/\s+/))
    .map((text) => {
      const [above = '', below = '1'] = text.split('/', 2)
      return above.trim() === '' ? Number.NaN : Number(above) / Number(below)
    })
