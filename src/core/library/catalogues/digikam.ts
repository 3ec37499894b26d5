import { join } from 'node:path'
import {
  captionIn,
  maxCatalogued,
  ratingIn,
  tagPart,
  tagsIn,
  titleIn,
  type CataloguedPhoto,
} from './catalogue.ts'
import { branchOf, byPhoto, treeOf, type ForeignDatabase } from './sqlite.ts'

/** Above what digiKam keeps for itself, marks among them (its `InternalTagName`). */
const internal = '_Digikam_Internal_Tags_'

/** Kinds of texts, by digiKam's `DatabaseComment::Type`. */
const [commentKind, titleKind] = [1, 3]

/** `status` 1 is visible; others are hidden, or in digiKam's trash. */
const photoRows = `
  SELECT i.id AS image, r.identifier AS disk, r.specificPath AS root, a.relativePath AS folder, i.name AS name, n.rating AS rating
  FROM Images i
  JOIN Albums a ON a.id = i.album
  JOIN AlbumRoots r ON r.id = a.albumRoot
  LEFT JOIN ImageInformation n ON n.imageid = i.id
  WHERE i.status = 1
  LIMIT ${maxCatalogued}`

const tagRows = 'SELECT imageid AS image, tagid AS tag FROM ImageTags'
const nameRows = 'SELECT id, name, pid AS parent FROM Tags'
/** The usual language comes first where there are several. */
const textRows = `
  SELECT imageid AS image, type AS kind, comment FROM ImageComments
  WHERE type IN (${commentKind}, ${titleKind}) ORDER BY language <> 'x-default'`

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** A collection on a network or in a folder names its path; one on a drive names the drive, and its path from there. */
const rootOf = (disk: unknown, root: unknown): string => {
  const path = URL.parse(text(disk))?.searchParams.get('path')
  return path ? join(path, text(root)) : text(root)
}

type Marks = Pick<CataloguedPhoto, 'flag' | 'label'>

const marks: Record<string, Marks> = {
  'Pick Label Accepted': { flag: 'pick' },
  'Pick Label Rejected': { flag: 'reject' },
  'Color Label Red': { label: 'red' },
  'Color Label Yellow': { label: 'yellow' },
  'Color Label Green': { label: 'green' },
  'Color Label Blue': { label: 'blue' },
}

const marksOf = (branches: string[][]): Marks =>
  branches
    .filter(([top]) => top === internal)
    .reduce<Marks>((all, names) => ({ ...all, ...marks[names.at(-1) ?? ''] }), {})

/** Whether a file is a database of digiKam. */
export const isDigikam = (database: ForeignDatabase) => database.has('AlbumRoots')

/** What a database of digiKam (4 and later, SQLite) says of its photos. */
export const readDigikam = (database: ForeignDatabase): CataloguedPhoto[] => {
  const names = treeOf(database.rows(nameRows))
  const tags = byPhoto(database.rows(tagRows), ({ tag }) => branchOf(names, Number(tag)))
  const texts = byPhoto(database.rows(textRows), ({ kind, comment }) => ({ kind: Number(kind), comment }))
  return database.rows(photoRows).map((row) => {
    const image = Number(row['image'])
    const branches = tags.get(image) ?? []
    const said = (wanted: number) => texts.get(image)?.find(({ kind }) => kind === wanted)?.comment
    return {
      path: join(rootOf(row['disk'], row['root']), text(row['folder']), text(row['name'])),
      ...titleIn(said(titleKind)),
      ...captionIn(said(commentKind)),
      ...ratingIn(row['rating']),
      ...marksOf(branches),
      tags: tagsIn(
        branches.filter(([top]) => top !== internal).map((branch) => branch.map(tagPart).join('/')),
      ),
      collections: [],
    }
  })
}
