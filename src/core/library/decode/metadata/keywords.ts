import { foldTag, normalizeTag } from '../../../../shared/domain/tags.ts'
import { keywordSources } from './precedence.ts'
import { textsOf, type TagSet } from './tag-set.ts'

/** Tags of one photo, and characters of one tag, at most: as many as users can enter. */
const maxTags = 200
const maxTagLength = 100

/** Several keywords in one, as some programs write them. A `;` within a word is none that separates. */
const separated = /;(?=\s|$)/

const clean = (text: string) => normalizeTag(text.replace(/\p{Cc}+/gu, ' '))

const isTag = (tag: string) => tag !== '' && tag.length <= maxTagLength

/** Branches with slashes between their parts, as tags have them here. */
const branchesIn = (tags: TagSet, prefix: string) =>
  keywordSources.branches.flatMap(([name, separator]) =>
    textsOf(tags.get(prefix + name)).map((text) => clean(text.replaceAll(separator, '/'))),
  )

const flatIn = (tags: TagSet, prefix: string) =>
  keywordSources.flat.flatMap((name) =>
    textsOf(tags.get(prefix + name))
      .flatMap((text) => text.split(name === 'EXIF:XPKeywords' ? ';' : separated))
      .map(clean),
  )

/** Without those that differ by case alone, and without branches of which a longer one is there. */
const distinct = (tags: string[]) => {
  const found = new Map<string, string>()
  for (const tag of tags) if (!found.has(foldTag(tag))) found.set(foldTag(tag), tag)
  return found
}

const keywordsIn = (tags: TagSet, prefix: string): string[] => {
  const branches = distinct(branchesIn(tags, prefix).filter(isTag))
  const folded = [...branches.keys()]
  const deepest = [...branches].filter(
    ([tag]) => !folded.some((other) => other !== tag && other.startsWith(`${tag}/`)),
  )
  // Programs repeat each part of a branch as a flat keyword.
  const parts = new Set(folded.flatMap((tag) => tag.split('/')))
  const flat = flatIn(tags, prefix).filter((tag) => isTag(tag) && !parts.has(foldTag(tag)))
  return [...distinct([...deepest.map(([, tag]) => tag), ...flat]).values()].slice(0, maxTags)
}

/** A photo's tags by its keywords, as they are written. */
export const keywordsOf = (tags: TagSet): string[] => {
  const own = keywordsIn(tags, 'Sidecar:')
  return own.length > 0 ? own : keywordsIn(tags, '')
}
