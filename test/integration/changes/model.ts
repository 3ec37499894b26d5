import { listAlbums } from '../../../src/core/albums/albums.ts'
import { listPhotos, pageOfPhotos } from '../../../src/core/photos/photos.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import type { Change } from '../../../src/shared/schemas/change.ts'
import { foldTag } from '../../../src/shared/domain/tags.ts'

interface ModelPhoto {
  album: string
  trashed: boolean
  tags: Set<string>
  rating: string
}

/** What a gallery should be like, in the simplest way: each photo says where it is. */
export class Model {
  readonly photos = new Map<string, ModelPhoto>()
  readonly titles = new Map<string, string>()

  hang(album: string, title: string, photos: string[]) {
    this.titles.set(album, title)
    for (const id of photos) this.photos.set(id, { album, trashed: false, tags: new Set(), rating: '' })
  }

  /** Makes a change; photos that are elsewhere are left out, as by the gallery. */
  apply(change: Change) {
    if (change.kind === 'rename-albums') {
      for (const { album, to } of change.titles) this.titles.set(album, to)
    } else if (change.kind === 'edit') {
      for (const { photo, to } of change.values)
        for (const there of this.#hung(change.album, [photo])) there.rating = to ?? ''
    } else if (change.kind === 'restore') {
      for (const id of change.photos) {
        const photo = this.photos.get(id)
        if (photo?.trashed && photo.album === change.album) photo.trashed = false
      }
    } else if (change.kind === 'move') {
      for (const photo of this.#hung(change.from, change.photos)) photo.album = change.to
    } else if (change.kind === 'trash') {
      for (const photo of this.#hung(change.album, change.photos)) photo.trashed = true
    } else if (change.kind === 'tag') {
      for (const { tags } of this.#hung(change.album, change.photos)) {
        const adding = change.add.map(foldTag)
        for (const tag of change.remove.map(foldTag)) if (!adding.includes(tag)) tags.delete(tag)
        for (const tag of adding) tags.add(tag)
      }
    }
  }

  /** What can be seen of it, for a comparison. */
  seen() {
    const albums = [...this.titles].map(([album, title]) => ({
      title,
      photos: this.#rows(({ album: own, trashed }) => own === album && !trashed),
    }))
    return { albums: albums.sort(byTitle), trash: this.#rows(({ trashed }) => trashed).map(([id]) => id) }
  }

  #hung(album: string, ids: string[]) {
    return ids.flatMap((id) => {
      const photo = this.photos.get(id)
      return photo && photo.album === album && !photo.trashed ? [photo] : []
    })
  }

  #rows(belongs: (photo: ModelPhoto) => boolean) {
    return [...this.photos]
      .filter(([, photo]) => belongs(photo))
      .map(([id, { tags, rating }]) => [id, [...tags].sort(), Number(rating)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  }
}

const byTitle = (a: { title: string }, b: { title: string }) => (a.title < b.title ? -1 : 1)

/** The same of a gallery, by what it answers. */
export const seenIn = async (session: Session) => {
  const albums = await Promise.all(
    (await listAlbums(session)).map(async ({ id, title }) => ({
      title,
      photos: (await listPhotos(session, id, 0, 1000))
        .map(({ id, tags, rating }) => [id, tags.map(foldTag).sort(), rating] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    })),
  )
  const view = { album: null, sort: 'taken' as const, descending: true, trash: true as const }
  const trash = (await pageOfPhotos(session, view, 0, 500)).photos.map(({ id }) => id)
  return { albums: albums.sort(byTitle), trash: trash.sort() }
}
