import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Random numbers that come again from the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)]
  return { next, below, pick }
}

export type Random = ReturnType<typeof randomFrom>

const contentOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.name.endsWith('.jpg') ? [path] : []
  })

const foldersBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(folder, name), ...foldersBelow(join(folder, name))])

/** Every file below some folders, and what it holds. */
export const onDisk = (roots: string[]): Map<string, string> =>
  new Map(roots.flatMap(filesBelow).map((path) => [path, contentOf(path)]))

/** Files that are made, renamed, exchanged, moved, copied, edited, deleted and taken away at random. */
export class RandomFiles {
  readonly #roots: string[]
  readonly #drawer: string
  readonly #picture: Buffer
  readonly #random: Random
  /** Folders that lie elsewhere, as an unplugged drive does: where they were, and where they are. */
  readonly #away = new Map<string, string>()
  #serial = 0
  /** What a content was made from by an edit. */
  readonly madeFrom = new Map<string, string>()
  readonly log: string[] = []

  constructor(roots: string[], drawer: string, picture: Buffer, random: Random) {
    this.#roots = roots
    this.#drawer = drawer
    this.#picture = picture
    this.#random = random
  }

  fill(count: number) {
    for (let n = 0; n < count; n++) this.#create()
  }

  step() {
    const files = this.#roots.flatMap(filesBelow)
    const one = this.#random.pick(files)
    if (one === undefined || files.length < 12) {
      this.#create()
      return
    }
    const two = this.#random.pick(files) ?? one
    const acts: (() => void)[] = [
      () => this.#create(),
      () => this.#move(one, this.#newPath()),
      () => this.#move(one, join(dirname(one), basename(this.#newPath()))),
      () => this.#exchange(one, two),
      () => this.#chain(),
      () => this.#edit(one),
      () => this.#editBeside(one),
      () => this.#replace(one),
      () => this.#copy(one, this.#newPath()),
      () => this.#moveOver(one, two),
      () => this.#delete(one, files.length),
      () => this.#renameFolder(),
      () => this.#takeAway(),
      () => this.#bringBack(),
    ]
    this.#random.pick(acts)?.()
  }

  #note(...words: string[]) {
    this.log.push(words.join(' '))
  }

  #newPath(): string {
    const root = this.#random.pick(this.#roots) ?? ''
    const folder = join(root, this.#random.pick(['a', 'b', 'c', 'd/e']) ?? '')
    return join(folder, `${this.#random.below(40)}.jpg`)
  }

  #fresh(): Buffer {
    return Buffer.concat([this.#picture, Buffer.from(String(this.#serial++).padStart(8, '0'))])
  }

  /** Half of all files have one date, so that it tells nothing. */
  #write(path: string, bytes: Buffer) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    if (this.#random.next() < 0.5) utimesSync(path, 1_700_000_000, 1_700_000_000)
  }

  #create() {
    const path = this.#newPath()
    if (existsSync(path)) return
    this.#note('create', path)
    this.#write(path, this.#fresh())
  }

  #move(from: string, to: string) {
    if (existsSync(to) || from === to) return
    this.#note('move', from, to)
    mkdirSync(dirname(to), { recursive: true })
    renameSync(from, to)
  }

  #exchange(one: string, two: string) {
    if (one === two) return
    this.#note('exchange', one, two)
    renameSync(one, `${one}.x`)
    renameSync(two, one)
    renameSync(`${one}.x`, two)
  }

  /** 3 becomes 4, 2 becomes 3, 1 becomes 2. */
  #chain() {
    const folder = dirname(this.#random.pick(this.#roots.flatMap(filesBelow)) ?? '')
    const names = readdirSync(folder)
      .filter((name) => name.endsWith('.jpg'))
      .sort()
      .slice(-4)
    this.#note('chain', folder, ...names)
    let to = join(folder, `${100 + this.#random.below(40)}.jpg`)
    if (existsSync(to)) return
    for (const name of names.reverse()) {
      renameSync(join(folder, name), to)
      to = join(folder, name)
    }
  }

  #edit(path: string) {
    const before = contentOf(path)
    const { mtime } = statSync(path)
    writeFileSync(path, this.#fresh())
    if (this.#random.next() < 0.5) utimesSync(path, mtime, mtime)
    this.#note('edit', path, before, contentOf(path))
    this.madeFrom.set(contentOf(path), before)
  }

  #editBeside(path: string) {
    const before = contentOf(path)
    const { mtime } = statSync(path)
    writeFileSync(`${path}_tmp`, this.#fresh())
    utimesSync(`${path}_tmp`, mtime, mtime)
    renameSync(`${path}_tmp`, path)
    this.#note('edit-beside', path, before, contentOf(path))
    this.madeFrom.set(contentOf(path), before)
  }

  /** Another picture takes the name of one that moves. */
  #replace(path: string) {
    const to = this.#newPath()
    if (existsSync(to)) return
    this.#move(path, to)
    this.#note('replace', path)
    this.#write(path, this.#fresh())
  }

  #copy(from: string, to: string) {
    if (existsSync(to)) return
    this.#note('copy', from, to)
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
  }

  #moveOver(from: string, to: string) {
    if (from === to) return
    this.#note('move-over', from, to)
    renameSync(from, to)
  }

  #delete(path: string, left: number) {
    if (left < 20) return
    this.#note('delete', path)
    rmSync(path)
  }

  #renameFolder() {
    const folder = this.#random.pick(this.#roots.flatMap(foldersBelow))
    if (folder === undefined) return
    const to =
      this.#random.next() < 0.3
        ? join(dirname(folder), basename(folder).toUpperCase())
        : join(this.#random.pick(this.#roots) ?? '', `f${this.#serial++}`)
    if (existsSync(to)) return
    this.#note('rename-folder', folder, to)
    renameSync(folder, to)
  }

  #takeAway() {
    const folder = this.#random.pick(this.#roots.flatMap(foldersBelow))
    if (folder === undefined || this.#away.size > 1) return
    const to = join(this.#drawer, String(this.#serial++))
    this.#note('take-away', folder, to)
    renameSync(folder, to)
    if (this.#random.next() < 0.5) mkdirSync(folder)
    this.#away.set(folder, to)
  }

  #bringBack() {
    const [back] = [...this.#away]
    if (!back) return
    const [folder, from] = back
    this.#away.delete(folder)
    // Where something else is by now, the drive gets another mount point.
    if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
    const to = existsSync(folder) ? `${folder}-${this.#serial++}` : folder
    this.#note('bring-back', from, to)
    mkdirSync(dirname(to), { recursive: true })
    renameSync(from, to)
  }
}
