import { labels } from '../../../shared/domain/marks.ts'
import {
  captionIn,
  collectionTitle,
  maxCatalogued,
  ratingIn,
  tagPart,
  tagsIn,
  titleIn,
  type CataloguedPhoto,
} from './catalogue.ts'
import { lightroomTitles } from './lightroom-titles.ts'
import { branchOf, byPhoto, treeOf, type ForeignDatabase } from './sqlite.ts'

/** Collections that users made; the others are smart ones, folders of collections, and the program's own. */
const byHand = 'com.adobe.ag.library.collection'

/** Virtual copies have a master: one file is one photo here. */
const photoRows = `
  SELECT i.id_local AS image, r.absolutePath AS root, d.pathFromRoot AS folder, f.baseName AS base, f.extension AS extension,
    i.rating AS rating, i.pick AS pick, i.colorLabels AS label
  FROM Adobe_images i
  JOIN AgLibraryFile f ON f.id_local = i.rootFile
  JOIN AgLibraryFolder d ON d.id_local = f.folder
  JOIN AgLibraryRootFolder r ON r.id_local = d.rootFolder
  WHERE i.masterImage IS NULL
  LIMIT ${maxCatalogued}`

const tagRows = 'SELECT image, tag FROM AgLibraryKeywordImage'
const keywordRows = 'SELECT id_local AS id, name, parent FROM AgLibraryKeyword'
const captionRows = 'SELECT image, caption FROM AgLibraryIPTC WHERE caption IS NOT NULL'
const collectionRows = 'SELECT id_local AS id, name, parent, creationId AS kind FROM AgLibraryCollection'
const collectedRows =
  'SELECT image, collection FROM AgLibraryCollectionImage ORDER BY collection, positionInCollection'

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Labels are words of the user's language: those of ours that are colours too are known, others are not. */
const labelOf = (value: unknown) => {
  const label = labels.find((one) => one === text(value).toLowerCase())
  return label ? { label } : {}
}

const flagOf = (pick: unknown): Pick<CataloguedPhoto, 'flag'> =>
  Number(pick) > 0 ? { flag: 'pick' } : Number(pick) < 0 ? { flag: 'reject' } : {}

/** Whether a file is a catalogue of Lightroom Classic. */
export const isLightroom = (database: ForeignDatabase) => database.has('Adobe_images')

/** What a catalogue of Lightroom Classic (3 and later) says of its photos. */
export const readLightroom = async (
  database: ForeignDatabase,
  signal: AbortSignal,
): Promise<CataloguedPhoto[]> => {
  const titles = await lightroomTitles(database, signal)
  const keywords = treeOf(database.rows(keywordRows))
  const tags = byPhoto(database.rows(tagRows), ({ tag }) =>
    branchOf(keywords, Number(tag)).map(tagPart).join('/'),
  )
  const captions = byPhoto(database.rows(captionRows), ({ caption }) => caption)
  const collections = database.rows(collectionRows)
  const tree = treeOf(collections)
  const own = new Set(collections.filter(({ kind }) => kind === byHand).map(({ id }) => Number(id)))
  let position = 0
  const collected = byPhoto(database.rows(collectedRows), ({ collection }) => {
    position++
    if (!own.has(Number(collection))) return null
    return { title: collectionTitle(branchOf(tree, Number(collection))), position }
  })
  return database.rows(photoRows).map((row) => {
    const { root, folder, base, extension, rating, pick, label } = row
    const image = Number(row['image'])
    const name = text(extension) === '' ? text(base) : `${text(base)}.${text(extension)}`
    return {
      path: `${text(root)}${text(folder)}${name}`,
      ...titleIn(titles.get(image)),
      ...captionIn(captions.get(image)?.[0]),
      ...ratingIn(rating),
      ...flagOf(pick),
      ...labelOf(label),
      tags: tagsIn(tags.get(image) ?? []),
      collections: (collected.get(image) ?? []).filter(({ title }) => title !== ''),
    }
  })
}
