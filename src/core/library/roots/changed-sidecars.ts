import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isCandidate } from '../decode/file-type.ts'
import { sidecarsAmong, stemOf, stemsFor } from '../sidecars.ts'
import { fileOf, type FoundFile } from './walk.ts'

/** Programs write many sidecars in one go: their folder is read once they have been left alone for this long, in milliseconds. */
const settleMs = 400
/** Files that are asked for at once. */
const filesAtOnce = 64

/** Tells which photos are worth a look as their sidecars came, changed or went. */
export class ChangedSidecars {
  readonly #isKnown: (path: string) => boolean
  readonly #found: (files: FoundFile[]) => void
  /** Folder -> what the names of its sidecars are made of. */
  #changed = new Map<string, Set<string>>()
  #timer: NodeJS.Timeout | undefined

  /** `isKnown`: a file that is none comes by itself, with its sidecars. */
  constructor(isKnown: (path: string) => boolean, found: (files: FoundFile[]) => void) {
    this.#isKnown = isKnown
    this.#found = found
  }

  note(sidecar: string) {
    const folder = dirname(sidecar)
    const stems = this.#changed.get(folder) ?? new Set()
    this.#changed.set(folder, stems.add(stemOf(basename(sidecar))))
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#look(), settleMs)
  }

  end() {
    clearTimeout(this.#timer)
  }

  async #look() {
    const changed = this.#changed
    this.#changed = new Map()
    for (const [folder, stems] of changed) {
      const names = await readdir(folder).catch(() => [])
      const listing = sidecarsAmong(folder, names)
      const paths = names
        .filter((name) => isCandidate(name) && stemsFor(name).some((stem) => stems.has(stem)))
        .map((name) => join(folder, name))
        .filter(this.#isKnown)
      for (let start = 0; start < paths.length; start += filesAtOnce) {
        const files = await Promise.all(
          paths.slice(start, start + filesAtOnce).map((path) => fileOf(path, listing)),
        )
        this.#found(files.filter((file) => file !== null && !file.problem) as FoundFile[])
      }
    }
  }
}
