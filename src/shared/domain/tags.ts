/** A tag as it is kept: NFC, and no blanks around it or around the slashes of its branches. */
export const normalizeTag = (tag: string): string =>
  tag
    .normalize('NFC')
    .split('/')
    .map((part) => part.trim().replace(/\s+/gu, ' '))
    .filter(Boolean)
    .join('/')

/** A tag as tags are compared, and as it stands in keys: two that differ by case or composition alone are one. */
export const foldTag = (tag: string): string => normalizeTag(tag).toLowerCase().normalize('NFC')

/** Whether a photo with one of these tags is seen in the view of a tag: it carries it, or one below it. All folded. */
export const isTagged = (tags: readonly string[], tag: string): boolean =>
  tags.some((own) => own === tag || own.startsWith(`${tag}/`))

/** A tag and the branches above it, the longest first: `a/b`, `a`. None is without a name, whatever stands in a record. */
export const branchesOf = (tag: string): string[] => {
  const parts = tag.split('/')
  return parts.map((_, i) => parts.slice(0, parts.length - i).join('/')).filter(Boolean)
}

/** The tags in a text as users paste it: separated by commas or line breaks. */
export const splitTags = (text: string): string[] =>
  text
    .split(/[,;\n]/)
    .map(normalizeTag)
    .filter(Boolean)
