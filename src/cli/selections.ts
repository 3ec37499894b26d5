import type { PhotoDetails, PhotoQuery } from '../shared/schemas/photo.ts'
import { csvOf, fileName, nameOf, searchText } from '../shared/domain/selection-text.ts'
import { plainText } from '../shared/domain/fold-text.ts'
import { chunksOf } from '../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../shared/domain/limits.ts'
import { newOperationId } from '../shared/domain/random-ids.ts'
import { GalleryError } from '../shared/errors.ts'
import type { ClientList } from '../shared/schemas/selection.ts'
import { act, perAlbum, resultWords, type Named } from './acting.ts'
import { withClient, type Client } from './client.ts'
import { count, printable, table, type Output } from './output.ts'

/** Photos asked for at once. */
const pageSize = 1000

export interface SelectionOptions {
  /** Whose: a client's name, a link's label or name; `any` or `all` of them. */
  by: string
}

const find = async (client: Client, wanted: string) => {
  const album = await client.albums.find({ album: wanted })
  return { album, lists: await client.selections.list({ album: album.id }) }
}

/** `selection list ALBUM`: what each link has chosen. */
export const runSelections = (out: Output, wanted: string) =>
  withClient(async (client) => {
    const { lists } = await find(client, wanted)
    out.answer(lists, (all) =>
      all.length === 0
        ? ['No link asks for photos of this album to be chosen.']
        : table(
            all.map(({ link, label, name, picks, most, done, closed }) => [
              link,
              name || '–',
              label,
              `${picks.length} of ${most}`,
              closed ? 'closed' : done ? `done ${done}` : 'open',
            ]),
          ),
    )
  })

/** What a filter asks for by what was given; NOT_FOUND where nobody of that name chooses, CONFLICT where several do. */
const chosenBy = (lists: ClientList[], by: string): string => {
  if (by === 'any' || by === 'all') return by
  const name = plainText(by.trim())
  const found = lists.filter(
    (list) =>
      list.link === by || [list.name, list.label].some((one) => one !== '' && plainText(one) === name),
  )
  const [only, another] = found
  if (!only) throw new GalleryError('NOT_FOUND', 'noSuchSelection', { name: by })
  if (another) throw new GalleryError('CONFLICT', 'severalSelections', { name: by })
  return only.link
}

const chosenPhotos = async (client: Client, wanted: string, { by }: SelectionOptions) => {
  const { album, lists } = await find(client, wanted)
  const chosen = chosenBy(lists, by)
  const view: PhotoQuery = { album: album.id, sort: 'taken', descending: false, filter: { chosen } }
  const photos: PhotoDetails[] = []
  for (let more = true; more;) {
    const page = await client.photos.details({ view, offset: photos.length, limit: pageSize })
    photos.push(...page)
    more = page.length === pageSize
  }
  return { photos, lists: lists.filter(({ link }) => by === 'any' || by === 'all' || link === chosen) }
}

export interface ExportSelectionOptions extends SelectionOptions {
  csv?: boolean
}

/** `selection export ALBUM`: file names as the search of Lightroom takes them, or a table of who chose what. */
export const runExportSelection = (out: Output, wanted: string, options: ExportSelectionOptions) =>
  withClient(async (client) => {
    const { photos, lists } = await chosenPhotos(client, wanted, options)
    const named = photos.map((photo) => ({ id: photo.id, name: fileName(photo) }))
    const answer = named.map(({ id, name }) => ({
      id,
      name,
      chosenBy: lists.filter(({ picks }) => picks.some(({ photo }) => photo === id)).map(nameOf),
    }))
    out.answer(answer, () =>
      options.csv
        ? csvOf(lists, named, { file: 'File', words: 'words' }).trimEnd().split('\r\n')
        : [printable(searchText(named))],
    )
  })

const toNamed = ({ id, album }: PhotoDetails): Named => ({ photo: id, album, trashed: false })

/** `selection stars ALBUM N`: gives the photos so many stars. */
export const runRateSelection = (out: Output, wanted: string, stars: string, options: SelectionOptions) =>
  withClient(async (client) => {
    if (!/^[1-5]$/.test(stars)) throw new GalleryError('INVALID', 'notStars', { text: stars })
    const { photos } = await chosenPhotos(client, wanted, options)
    const changes = perAlbum(photos.map(toNamed), (album, ids) => ({
      kind: 'edit',
      album,
      field: 'rating',
      values: ids.map((photo) => ({ photo, to: stars })),
    }))
    const { changed, skipped } = await act(client, changes)
    out.answer({ changed, skipped }, resultWords('rated'))
  })

/** `selection collect ALBUM TITLE`: makes a collection of the photos. */
export const runCollectSelection = (out: Output, wanted: string, title: string, options: SelectionOptions) =>
  withClient(async (client) => {
    const { photos } = await chosenPhotos(client, wanted, options)
    const id = newOperationId()
    const made = [{ kind: 'create-collection' as const, title }]
    const { collection } = await client.changes.apply({ act: id, changes: made })
    if (collection === null) throw new GalleryError('CONFLICT', 'changedMeanwhile')
    for (const part of chunksOf(photos, maxPhotosPerCall)) {
      const values = part.map((photo) => ({ photo: photo.id, at: null }))
      await client.changes.apply({ act: id, changes: [{ kind: 'collect', collection, values }] })
    }
    out.answer({ collection, photos: photos.length }, () => [
      `“${printable(title)}” holds ${count(photos.length, 'photo')}.`,
    ])
  })
