import { parseRef } from '../../shared/refs.ts'
import type { Album } from '../../shared/schemas.ts'
import type { AlbumBranch } from './album-tree.ts'
import { TreeDrop } from './tree-drop.svelte.ts'
import { t } from './words/index.ts'

/** Photos that are dragged onto an album move there; folders of the system are added to it. */
export class AlbumDrop extends TreeDrop<Album> {
  refusal({ path, item: album }: AlbumBranch): string | null {
    const { dragged } = this.gallery.carrying
    if (!album) return t('noAlbumHere', { album: path })
    if (album.right !== 'modify') return t('mayNotModify', { album: album.title })
    const there = dragged?.every((ref) => parseRef(ref).album === album.id)
    return there ? t('alreadyThere', { album: album.title }) : null
  }

  protected async take({ item: album }: AlbumBranch, refs: string[] | null, event: DragEvent) {
    if (!album) return
    if (refs) return this.gallery.organiser.move(refs, album)
    const { desktop } = window
    const files = [...(event.dataTransfer?.files ?? [])]
    const folders = desktop ? files.map((file) => desktop.pathForFile(file)).filter(Boolean) : []
    if (folders.length > 0)
      await this.gallery.attempt(() => this.gallery.client.library.add({ folders, album: album.title }))
  }

  protected override concerns(event: DragEvent) {
    const files = event.dataTransfer?.types.includes('Files') === true && window.desktop !== undefined
    return super.concerns(event) || files
  }
}
