import { notADevice, numbered, safeName } from '../../../shared/domain/naming-pattern.ts'

/** Bytes of a name that every common file system takes, with room for a number and the ending of a sidecar. */
const maxNameBytes = 230

/** As much of a name as systems take; its ending stays. */
const cut = (name: string): string => {
  const ending = /(?<=.)\.[^.]{1,10}$/.exec(name)?.[0] ?? ''
  const letters = Array.from(name.slice(0, name.length - ending.length))
  while (Buffer.byteLength(letters.join('')) + Buffer.byteLength(ending) > maxNameBytes) letters.pop()
  return letters.join('') + ending
}

const folded = (path: string) => path.normalize('NFC').toLowerCase()

/** A name that every system takes; '' where nothing is left. */
const plain = (name: string) => notADevice(safeName(cut(safeName(name.normalize('NFC')))))

/** The folders that a title means, as a path. */
export const foldersOf = (title: string): string => title.split('/').map(plain).filter(Boolean).join('/')

/** Paths within one zip file, none of which any system takes for another, refuses, or has a folder for a file. */
export class ZipNames {
  readonly #taken = new Set<string>()
  /** How often a path was wanted: the next number to try. */
  readonly #wanted = new Map<string, number>()

  /** A folder of its own. Folders are taken before files. */
  takeFolder(wanted: string): string {
    const path = this.#take(wanted, (n) => (n < 2 ? wanted : `${wanted} (${n})`))
    for (let above = path; above.includes('/');) {
      above = above.slice(0, above.lastIndexOf('/'))
      this.#taken.add(`${folded(above)}/`)
    }
    this.#taken.add(`${folded(path)}/`)
    return path
  }

  /** A file: in a folder, or in none. `''` is called `otherwise`. */
  takeFile(folder: string | undefined, name: string, otherwise: string): string {
    const wanted = `${folder ? `${folder}/` : ''}${plain(name) || otherwise}`
    return this.#take(wanted, (n) => numbered(wanted, n), true)
  }

  #take(wanted: string, numberedBy: (n: number) => string, isFile = false): string {
    const key = folded(wanted)
    for (let n = this.#wanted.get(key) ?? 1; ; n++) {
      const path = numberedBy(n)
      const taken = folded(path)
      if (this.#taken.has(taken) || (isFile && this.#taken.has(`${taken}/`))) continue
      this.#taken.add(taken)
      this.#wanted.set(key, n + 1)
      return path
    }
  }
}
