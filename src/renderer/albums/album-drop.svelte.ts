import { parseRef, refOf } from '../../shared/domain/refs.ts'
import type { Album } from '../../shared/schemas/album.ts'
import type { FoundPhoto } from '../../shared/schemas/library.ts'
import type { AlbumBranch } from './album-tree.ts'
import type { Client } from '../api/client.ts'
import type { PhotoActions } from '../photos/photo-actions.svelte.ts'
import { TreeDrop, type DropNeeds } from '../ui/tree/tree-drop.svelte.ts'
import { filesIn, pathsOf } from '../library/folder-drop.svelte.ts'
import type { Uploads } from '../uploads/uploads.svelte.ts'
import { number, t } from '../i18n/index.ts'

/** Files dropped at once, which is what the contract allows. */
const maxFiles = 1000

interface Needs extends DropNeeds {
  client: Client
  photoActions: PhotoActions
  /** Takes files that are dropped in a browser. */
  uploads: Pick<Uploads, 'isOffered' | 'open'>
}

/** Photos that are dragged onto an album move there; folders and files of the system are added to it. */
export class AlbumDrop extends TreeDrop<Album, Needs> {
  refusal({ path, item: album }: AlbumBranch): string | null {
    const { dragged } = this.needs.photoDrag
    if (!album) return t('noAlbumHere', { album: path })
    if (album.right !== 'modify') return t('mayNotModify', { album: album.title })
    const there = dragged?.every((ref) => parseRef(ref).album === album.id)
    return there ? t('alreadyThere', { album: album.title }) : null
  }

  protected async take({ item: album }: AlbumBranch, refs: string[] | null, event: DragEvent) {
    if (!album) return
    if (refs) return this.needs.photoActions.move(refs, album)
    if (!window.desktop) {
      this.needs.uploads.open(filesIn(event), album.id)
      return
    }
    const paths = pathsOf(event)
    if (paths.length > maxFiles) {
      this.needs.notices.complain(t('tooManyFiles', { n: number(maxFiles) }))
      return
    }
    if (paths.length > 0) await this.needs.notices.attempt(() => this.#add(paths, album))
  }

  /** Photos that the gallery has already move to the album, out of the trash too; the other files are taken in. */
  async #add(paths: string[], album: Album) {
    const { photoActions, client } = this.needs
    const known = await client.library.find({ paths })
    const knownPaths = known.map(({ path }) => path)
    const fresh = paths.filter((path) => !knownPaths.includes(path))
    if (fresh.length > 0) await client.library.add({ paths: fresh, album: album.title })
    const refs = (photos: FoundPhoto[]) => photos.map(({ album, photo }) => refOf({ album, id: photo }))
    const trashed = known.filter((photo) => photo.trashed)
    if (trashed.length > 0) await photoActions.restore(refs(trashed))
    if (known.length > 0) await photoActions.move(refs(known), album)
  }

  protected override concerns(event: DragEvent) {
    const isTaken = window.desktop !== undefined || this.needs.uploads.isOffered
    const hasFiles = event.dataTransfer?.types.includes('Files') === true
    return super.concerns(event) || (hasFiles && isTaken)
  }
}
