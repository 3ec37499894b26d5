import type { Change, Changed } from '../../shared/schemas/change.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import { branchesOf, foldTag } from '../../shared/domain/tags.ts'
import { callFunction } from '../redis/call-function.ts'
import { knownNames } from '../photos/tags.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

/** Tags that one photo carries at most. */
const maxTags = 200

type Tag = Extract<Change, { kind: 'tag' }>

/** Tags without those that are the same when folded; the first spelling stays. */
const distinct = (tags: string[]) => {
  const found = new Map<string, string>()
  for (const tag of tags) if (!found.has(foldTag(tag))) found.set(foldTag(tag), tag)
  return found
}

/** A tag as it is known already, or as far as its branches are known. */
const written = (folded: string, tag: string, names: Map<string, string>) => {
  const known = branchesOf(folded).find((branch) => names.has(branch)) ?? ''
  const depth = known === '' ? 0 : known.split('/').length
  return [...(names.get(known)?.split('/') ?? []), ...tag.split('/').slice(depth)].join('/')
}

/** The inverse of what was done to each photo: one change for all photos with the same gains and losses. */
const inverse = (album: string, rows: [photo: string, gained: string, lost: string][]): Change[] => {
  const groups = Map.groupBy(rows, ([, gained, lost]) => JSON.stringify([gained, lost]))
  return [...groups].flatMap(([key, members]) => {
    const [gained, lost] = JSON.parse(key) as [string, string]
    const tags = (text: string) => text.split('\n').filter(Boolean)
    return chunksOf(members, maxPhotosPerCall).map((some): Change => {
      const photos = some.map(([photo]) => photo)
      return { kind: 'tag', album, photos, add: tags(lost), remove: tags(gained), alone: true }
    })
  })
}

/**
 * Adds tags to photos and takes tags from them. A tag that the caller sees anywhere keeps its first spelling.
 * INVALID where a photo would carry too many.
 */
export const tagPhotos = async (
  context: ChangeContext,
  { album, photos, add, remove, alone }: Tag,
): Promise<Changed> => {
  const { redis, keys, account } = context.session
  const adding = distinct(add)
  const removing = [...distinct(remove).keys()].filter((tag) => !adding.has(tag))
  if (adding.size + removing.length === 0) return done(0, 0, [])
  const names = await knownNames(context.session, [...adding.keys()].flatMap(branchesOf))
  const pairs = [...adding].flatMap(([folded, tag]) => [folded, written(folded, tag, names)])
  const touched = [
    keys.acts(account),
    keys.albumPhotos(album),
    keys.photo(album),
    keys.albumTag(album),
    keys.albumTags(album),
    keys.albumTagNames(album),
    keys.albumEvents(album),
    keys.albumBehind(album),
  ]
  const args = [
    ...scriptArgs(context),
    maxTags,
    alone ? 'alone' : '',
    adding.size,
    ...pairs,
    removing.length,
    ...removing,
    ...photos,
  ]
  const reply = await callFunction(redis, 'tag-photos', touched, args)
  const rows = Array.from(
    { length: (reply.length - 1) / 3 },
    (_, i) => reply.slice(3 * i, 3 * i + 3) as [string, string, string],
  )
  const asked = new Set(photos)
  const changed = rows.filter(([photo]) => asked.has(photo)).length
  return done(changed, Number(reply.at(-1)), inverse(album, rows))
}
