import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { contentOf, filesBelow, foldersBelow, type Random } from './torture-disk.ts'

/** What a drive that is away was, and where it lies. */
interface Away {
  folder: string
  at: string
}

interface DriveParts {
  roots: string[]
  /** Where drives lie that are away. */
  drawer: string
  random: Random
  fresh: () => Buffer
  note: (...words: string[]) => void
}

/** Roots, and folders below them, that are unplugged and plugged in again, exchanged, and edited elsewhere. */
export class RandomDrives {
  readonly #parts: DriveParts
  #away: Away[] = []
  #serial = 0

  constructor(parts: DriveParts) {
    this.#parts = parts
  }

  /** A folder below a root goes. In half of all cases what it was mounted on stays. */
  takeFolder() {
    const { roots, random } = this.#parts
    const folder = random.pick(roots.flatMap(foldersBelow))
    if (folder === undefined || this.#away.length > 1) return
    this.#take(folder)
    if (random.next() < 0.5) mkdirSync(folder)
  }

  /** A root goes. Nothing may be left of it, or an empty folder, or another card whose files have the same names. */
  takeRoot() {
    const { roots, random } = this.#parts
    const root = random.pick(roots.filter((one) => existsSync(one)))
    if (root === undefined || this.#away.length > 1) return
    const names = filesBelow(root).map((path) => relative(root, path))
    this.#take(root)
    if (random.next() < 0.5) mkdirSync(root)
    if (random.next() < 0.5) return
    for (const name of names.filter(() => random.next() < 0.2)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), this.#parts.fresh())
    }
    this.#parts.note('other-card', root)
  }

  #take(folder: string) {
    const at = join(this.#parts.drawer, String(this.#serial++))
    this.#parts.note('take-away', folder, at)
    renameSync(folder, at)
    this.#away.push({ folder, at })
  }

  bringBack() {
    const back = this.#away.shift()
    if (!back) return
    const { folder, at } = back
    if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
    if (existsSync(folder) && this.#parts.roots.includes(folder)) this.#take(folder)
    // Where something else is by now, the drive gets another mount point.
    const to = existsSync(folder) ? `${folder}-${this.#serial++}` : folder
    this.#parts.note('bring-back', at, to)
    mkdirSync(dirname(to), { recursive: true })
    renameSync(at, to)
  }

  /** A file of a drive that is away is edited on another computer. */
  edit(madeFrom: Map<string, string>) {
    const { random, fresh, note } = this.#parts
    const away = random.pick(this.#away)
    const path = away && random.pick(filesBelow(away.at))
    if (!away || path === undefined) return
    const before = contentOf(path)
    writeFileSync(path, fresh())
    note('edit-away', join(away.folder, relative(away.at, path)), before, contentOf(path))
    madeFrom.set(contentOf(path), before)
  }
}
