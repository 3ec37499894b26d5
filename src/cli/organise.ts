import type { Album } from '../shared/schemas/album.ts'
import { GalleryError } from '../shared/errors.ts'
import { act, findPhotos, perAlbum, resultWords, type Named } from './acting.ts'
import { withClient, type Client } from './client.ts'
import { printable, type Output } from './output.ts'

/** Leaves photos out that are in the trash, and says so. */
const inState = (photos: Named[], wantTrashed = false): Named[] => {
  const out = photos.filter(({ trashed }) => trashed !== wantTrashed)
  const why = wantTrashed ? 'is not in the trash' : 'is in the trash: restore it first'
  for (const { photo } of out) console.error(`${photo} ${why}.`)
  return photos.filter(({ trashed }) => trashed === wantTrashed)
}

/** `move ALBUM PHOTO…` */
export const runMove = (out: Output, wanted: string, given: string[]): Promise<number> =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    const { photos, unknown } = await findPhotos(client, given)
    const there = inState(photos)
    const moving = there.filter((photo) => photo.album !== album.id)
    const changes = perAlbum(moving, (from, ids) => ({ kind: 'move', from, to: album.id, photos: ids }))
    const { changed, skipped } = await act(client, changes)
    out.answer({ changed, skipped, album: album.id }, resultWords(`moved to “${printable(album.title)}”`))
    return unknown + photos.length - there.length > 0 ? 1 : 0
  })

/** `tag TAG PHOTO…` and `untag TAG PHOTO…` */
export const runTag = (out: Output, tag: string, given: string[], adds: boolean): Promise<number> =>
  withClient(async (client) => {
    const { photos, unknown } = await findPhotos(client, given)
    const there = inState(photos)
    const [add, remove] = adds ? [[tag], []] : [[], [tag]]
    const changes = perAlbum(there, (album, ids) => ({ kind: 'tag', album, photos: ids, add, remove }))
    const { changed, skipped } = await act(client, changes)
    out.answer({ changed, skipped }, resultWords(adds ? 'tagged' : 'untagged'))
    return unknown + photos.length - there.length > 0 ? 1 : 0
  })

/** `trash PHOTO…` and `restore PHOTO…` */
export const runTrash = (out: Output, given: string[], kind: 'trash' | 'restore'): Promise<number> =>
  withClient(async (client) => {
    const { photos, unknown } = await findPhotos(client, given)
    const there = inState(photos, kind === 'restore')
    const { changed, skipped } = await act(
      client,
      perAlbum(there, (album, ids) => ({ kind, album, photos: ids })),
    )
    out.answer({ changed, skipped }, resultWords(kind === 'trash' ? 'moved to the trash' : 'restored'))
    return unknown + photos.length - there.length > 0 ? 1 : 0
  })

const show = async (client: Client, out: Output, id: string | null, words: (album: Album) => string) => {
  const album = await client.albums.find({ album: id ?? '' })
  out.answer(album, (album) => [words(album)])
}

/** `album create TITLE` */
export const runCreateAlbum = (out: Output, title: string) =>
  withClient(async (client) => {
    const { album } = await act(client, [{ kind: 'create-album', title }])
    await show(client, out, album, (made) => `The album “${printable(made.title)}” is made.`)
  })

/** `album rename ALBUM TITLE` */
export const runRenameAlbum = (out: Output, wanted: string, to: string) =>
  withClient(async (client) => {
    const { id, title: from } = await client.albums.find({ album: wanted })
    await act(client, [{ kind: 'rename-albums', titles: [{ album: id, from, to }] }])
    await show(client, out, id, ({ title }) => `“${printable(from)}” is called “${printable(title)}” now.`)
  })

/** `album describe ALBUM TEXT` */
export const runDescribeAlbum = (out: Output, wanted: string, to: string) =>
  withClient(async (client) => {
    const { id } = await client.albums.find({ album: wanted })
    await act(client, [{ kind: 'describe-album', album: id, field: 'description', to: to || null }])
    await show(client, out, id, ({ title }) => `“${printable(title)}” is described.`)
  })

/** `album delete ALBUM`: to the trash, its photos with it. */
export const runDeleteAlbum = (out: Output, wanted: string) =>
  withClient(async (client) => {
    const album = await client.albums.find({ album: wanted })
    await act(client, [{ kind: 'delete-album', album: album.id }])
    out.answer(album, ({ title }) => [
      `“${printable(title)}” is in the trash with its photos, for 30 days. \`cimaise album restore\` brings it back.`,
    ])
  })

/** `album restore ALBUM`: out of the trash, by its id or title. */
export const runRestoreAlbum = (out: Output, wanted: string) =>
  withClient(async (client) => {
    const title = wanted.normalize('NFC').toLowerCase()
    const deleted = (await client.trash.albums()).find(
      (album) => album.id === wanted || album.title.normalize('NFC').toLowerCase() === title,
    )
    if (!deleted) throw new GalleryError('NOT_FOUND', 'noAlbumInTrash', { title: wanted })
    const { album } = await act(client, [{ kind: 'restore-album', album: deleted.id }])
    await show(client, out, album, (back) => `“${printable(back.title)}” is back.`)
  })
