import { open, realpath, unlink } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { GalleryError, isDiskFull, systemCode } from '../../../shared/errors.ts'
import type { Home } from '../../gallery/local-settings.ts'
import { newPart } from '../card/copy-verified.ts'
import { makeFolder } from '../make-folder.ts'
import { isIn } from '../roots/registered-roots.ts'

/** Where a path really leads: as far as it is there, without links; the rest as it is written. */
const realPlace = async (path: string): Promise<string> => {
  for (let there = path; ; there = dirname(there)) {
    const real = await realpath(there).catch(() => null)
    if (real !== null) return join(real, relative(there, path))
    if (dirname(there) === there) return path
  }
}

const unwritable = (folder: string, cause: unknown) => {
  return isDiskFull(systemCode(cause))
    ? new GalleryError('UNAVAILABLE', 'cardNoRoom', { folder }, { cause })
    : new GalleryError('FORBIDDEN', 'cardTarget', { folder }, { cause })
}

/** Rights alone do not tell: a disk may be read-only, or full. */
const tryToWrite = async (folder: string) => {
  const part = newPart(join(folder, 'part'))
  await (await open(part, 'wx')).close()
  await unlink(part)
}

/** The folder that photos are exported to. */
export class ExportTarget {
  readonly #home: Home
  readonly #gallery: string
  readonly #settled = new Set<string>()
  readonly #own: boolean
  readonly folder: string

  /** @param own - The folder is one that the program keeps for itself, and nobody has named. */
  constructor(home: Home, gallery: string, folder: string, { own = false } = {}) {
    this.#home = home
    this.#gallery = gallery
    this.#own = own
    this.folder = resolve(folder)
  }

  /**
   * Makes the folder where it is not there.
   *
   * @throws INVALID where the gallery follows it, or it is the gallery's own; FORBIDDEN, UNAVAILABLE where nothing can be written
   */
  async open(): Promise<void> {
    await this.#settle(this.folder)
    await tryToWrite(this.folder).catch((cause: unknown) => {
      throw unwritable(this.folder, cause)
    })
  }

  /** The path of a file below the folder, whose own folder is there then. Throws as `open`. */
  async place(name: string): Promise<string> {
    const path = join(this.folder, ...name.split('/'))
    await this.#settle(dirname(path))
    return path
  }

  /** Looked at before and after it is made: what is written in a followed folder would come in as new photos. */
  async #settle(folder: string) {
    if (this.#settled.has(folder)) return
    await this.#refuseOwn(folder)
    await makeFolder(folder).catch((cause: unknown) => {
      throw unwritable(folder, cause)
    })
    await this.#refuseOwn(folder)
    this.#settled.add(folder)
  }

  async #refuseOwn(folder: string) {
    if (this.#own) return
    const place = await realPlace(folder)
    if (isIn(place, await realPlace(this.#home.path)))
      throw new GalleryError('INVALID', 'exportIntoData', { folder })
    for (const root of this.#home.roots(this.#gallery))
      if (isIn(place, await realPlace(root.path)))
        throw new GalleryError('INVALID', 'exportIntoRoot', { folder, root: root.path })
  }
}
