import { plainText } from '../../shared/domain/fold-text.ts'
import { foldTag, normalizeTag } from '../../shared/domain/tags.ts'
import type { TagCount } from '../../shared/schemas/photo.ts'
import { number } from '../i18n/index.ts'

/** The tags that hold a text, whatever its accents: those that begin with it first, each with its number of photos. */
export const tagSuggestions = (tags: TagCount[], text: string) => {
  const wanted = plainText(normalizeTag(text))
  const begins = (tag: string) => Number(plainText(tag).startsWith(wanted))
  return tags
    .filter(({ tag }) => plainText(tag).includes(wanted))
    .sort((a, b) => begins(b.tag) - begins(a.tag))
    .map(({ tag, photos }) => ({ key: foldTag(tag), label: tag, note: number(photos) }))
}
