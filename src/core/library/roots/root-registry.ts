import { GalleryError } from '../../../shared/errors.ts'
import type { Home, RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import { innermost, withRoot, type WatchedPath } from './registered-roots.ts'

/** What may be chosen for a root. */
export type RootChoice = 'sidecars' | 'nameDates'

/** The roots that are registered on this host for a gallery, as other processes write them too. */
export class RootRegistry {
  readonly #home: Home
  readonly #gallery: string

  constructor(home: Home, { keys }: Pick<Session, 'keys'>) {
    this.#home = home
    this.#gallery = keys.gallery
  }

  all(): RegisteredRoot[] {
    return this.#home.roots(this.#gallery)
  }

  find(path: string): RegisteredRoot | undefined {
    return this.all().find((root) => root.path === path)
  }

  /** The root that a path belongs to; null where its folder is not registered any more. */
  of(path: string): RegisteredRoot | null {
    return innermost(this.all(), path)
  }

  /** Registers what `checkPlaces` let pass. */
  add(watchedPaths: WatchedPath[], album: string | null) {
    const before = this.all()
    const after = watchedPaths.reduce((roots, watched) => withRoot(roots, watched, album), before)
    if (after !== before) this.#set(after)
  }

  remove(path: string) {
    this.#set(this.all().filter((root) => root.path !== path))
  }

  /** Switches a choice of a root on or off. NOT_FOUND where it is not registered. */
  choose(path: string, choice: RootChoice, isOn: boolean) {
    if (!this.find(path)) throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    const roots = this.all().map((root) => {
      if (root.path !== path) return root
      const { sidecars, nameDates, ...others } = { ...root, [choice]: isOn }
      return {
        ...others,
        ...(sidecars ? { sidecars: true as const } : {}),
        ...(nameDates ? { nameDates: true as const } : {}),
      }
    })
    this.#set(roots)
  }

  /**
   * Has uploads land in a root, named by a pattern, and in no other one; null: they do so no more. NOT_FOUND where it is not registered,
   * INVALID for a single file and for a root all of whose photos are in one album.
   */
  chooseUploads(path: string, pattern: string | null) {
    const chosen = this.find(path)
    if (!chosen) throw new GalleryError('NOT_FOUND', 'noFolder', { path })
    if (pattern !== null && (chosen.file || chosen.album !== null))
      throw new GalleryError('INVALID', 'uploadFolderOfOne', { path })
    const roots = this.all().map(({ uploads, ...root }) => {
      if (root.path === path) return { ...root, ...(pattern === null ? {} : { uploads: pattern }) }
      return { ...root, ...(pattern === null && uploads !== undefined ? { uploads } : {}) }
    })
    this.#set(roots)
  }

  /** A root that came with a backup is on this computer: from now on it is one like any other. */
  noteSeen(path: string) {
    const roots = this.all().map(({ restored, ...root }) =>
      restored && root.path !== path ? { ...root, restored } : root,
    )
    this.#set(roots)
  }

  /** Returns the way to hear no more of it. */
  onChange(changed: () => void): () => void {
    return this.#home.onRootsChange(this.#gallery, changed)
  }

  #set(roots: RegisteredRoot[]) {
    this.#home.setRoots(this.#gallery, roots)
  }
}
