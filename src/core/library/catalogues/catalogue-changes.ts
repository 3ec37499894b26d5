import { chunksOf } from '../../../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../../../shared/domain/limits.ts'
import { foldTag } from '../../../shared/domain/tags.ts'
import type { Change, EditField } from '../../../shared/schemas/change.ts'
import { tagsOf, type PhotoRecord } from '../../photos/photo-record.ts'
import { enteredFields, enteredOf } from '../sidecars-out/entered.ts'
import type { CataloguedPhoto } from './catalogue.ts'

/** Fields of a photo's record that decide what a catalogue may change, with the bytes that each has at most. */
export const recordFields = { ...enteredFields, taken: 64, dated: 64 } as const

/** A photo of the gallery, and what the catalogue says of it. */
export interface Known {
  photo: string
  record: PhotoRecord
  says: CataloguedPhoto | undefined
}

type Edits = Map<EditField, { photo: string; to: string }[]>

/** What a catalogue would enter of one photo: what users entered here stands over it. */
const editsOf = ({ record, says }: Known): [EditField, string | undefined][] => {
  const entered = enteredOf(record, new Map())
  const marks: [EditField, string | undefined][] =
    entered.rating === undefined
      ? [
          ['rating', says?.rating?.toString()],
          ['flag', says?.flag],
        ]
      : []
  return [
    ['title', entered.title === undefined ? says?.title : undefined],
    ['caption', entered.caption === undefined ? says?.caption : undefined],
    ['label', entered.label === undefined ? says?.label : undefined],
    ['dated', record['taken'] || record['dated'] ? undefined : says?.taken],
    ...marks,
  ]
}

const editChanges = (album: string, photos: Known[]): Change[] => {
  const edits: Edits = new Map()
  for (const known of photos)
    for (const [field, to] of editsOf(known)) {
      if (to === undefined || known.record[field] === to) continue
      edits.set(field, [...(edits.get(field) ?? []), { photo: known.photo, to }])
    }
  return [...edits].flatMap(([field, all]) =>
    chunksOf(all, maxPhotosPerCall).map((values): Change => ({ kind: 'edit', album, field, values })),
  )
}

/** Tags are added, and none is taken away: photos that lack the same ones get them together. */
const tagChanges = (album: string, photos: Known[]): Change[] => {
  const lacking = photos.map(({ photo, record, says }) => {
    const has = new Set(tagsOf(record))
    return { photo, add: (says?.tags ?? []).filter((tag) => !has.has(foldTag(tag))) }
  })
  const groups = Map.groupBy(
    lacking.filter(({ add }) => add.length > 0),
    ({ add }) => add.join('\n'),
  )
  return [...groups.values()].map((some): Change => {
    const ids = some.map(({ photo }) => photo)
    return { kind: 'tag', album, photos: ids, add: some[0]?.add ?? [], remove: [] }
  })
}

/** What brings photos of one album into step with what a catalogue says of them. */
export const changesOf = (album: string, photos: Known[]): Change[] => [
  ...editChanges(album, photos),
  ...tagChanges(album, photos),
]
