import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isIn } from './registered-roots.ts'
import { keepsNumbers } from './stable-numbers.ts'

/** Tells a folder from another one that has its name. */
export interface FolderIdentity {
  dev: number
  /** 0 where the disk may number its folders anew. */
  ino: number
  /** When it was made, in milliseconds since 1970; 0 where the disk does not tell. */
  born: number
}

/** What no folder is. */
const doubted: FolderIdentity = { dev: -1, ino: -1, born: -1 }

/**
 * Whether the system tells when folders were made. Where Linux may not be asked (statx), the time of the last change stands in that
 * place, for those of /proc too, which have none.
 */
const tellsBirths = !statSync('/proc/self', { throwIfNoEntry: false })?.birthtimeMs

/** Which folder is at a path; null where there is none, or it cannot be told. */
export const folderAt = async (path: string): Promise<FolderIdentity | null> => {
  const stats = await stat(path).catch(() => null)
  if (!stats) return null
  const { dev, ino, birthtimeMs } = stats
  return { dev, ino: (await keepsNumbers(path)) ? ino : 0, born: tellsBirths ? birthtimeMs : 0 }
}

const agree = (a: number, b: number) => a === b || a === 0 || b === 0

export const isSameFolder = (a: FolderIdentity, b: FolderIdentity): boolean =>
  a.dev === b.dev && agree(a.ino, b.ino) && agree(a.born, b.born)

/**
 * Which folder was at each path when it was looked at last. Where another one is there by now (a card that took another one's place, a
 * backup that was put back), nothing that was known of its files holds any more, whatever their names are.
 */
export class KnownFolders {
  readonly #folders = new Map<string, FolderIdentity>()

  /**
   * The folder at a path where that is another one than before: to be noted once what was known of it is dealt with. Null where it is
   * the same, or there is none. One that nobody has asked about yet is noted, and is the same.
   */
  async otherAt(path: string): Promise<FolderIdentity | null> {
    const [known, now] = [this.#folders.get(path), await folderAt(path)]
    if (!now) return null
    if (known && !isSameFolder(known, now)) return now
    if (!known) this.#folders.set(path, now)
    return null
  }

  /** What is at a path from now on; the folders below it are others too. */
  note(path: string, now: FolderIdentity) {
    this.forget(path)
    this.#folders.set(path, now)
  }

  /** A folder was taken away or unmounted, and may be another one although it cannot be told from that one. */
  doubt(path: string) {
    this.forget(path)
    this.#folders.set(path, doubted)
  }

  /** What is at a path and below it is to be noted anew. */
  forget(path: string) {
    for (const folder of this.#folders.keys()) if (isIn(folder, path)) this.#folders.delete(folder)
  }
}
