import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { contentOf, filesBelow, foldersBelow, otherCase, type Random } from './torture-disk.ts'
import { RandomDrives } from './torture-drives.ts'

/** Files that are made, renamed, exchanged, moved, copied, edited, deleted and taken away at random, between two roots. */
export class RandomFiles {
  readonly #roots: string[]
  readonly #picture: Buffer
  readonly #random: Random
  readonly #drives: RandomDrives
  #serial = 0
  /** What a content was made from by an edit. */
  readonly madeFrom = new Map<string, string>()
  readonly log: string[] = []

  constructor(roots: string[], drawer: string, picture: Buffer, random: Random) {
    this.#roots = roots
    this.#picture = picture
    this.#random = random
    const fresh = () => this.#fresh()
    this.#drives = new RandomDrives({
      roots,
      drawer,
      random,
      fresh,
      note: (...words) => this.#note(...words),
    })
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
      () => this.#move(one, otherCase(one)),
      () => this.#copyThenDelete(one, files.length),
      () => this.#drives.takeFolder(),
      () => this.#drives.takeRoot(),
      () => this.#drives.bringBack(),
      () => this.#drives.edit(this.madeFrom),
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
      .filter((name) => /\.jpg$/i.test(name))
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

  #copyThenDelete(from: string, left: number) {
    const to = this.#newPath()
    if (existsSync(to)) return
    this.#copy(from, to)
    this.#delete(from, left)
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
        ? otherCase(folder)
        : join(this.#random.pick(this.#roots) ?? '', `f${this.#serial++}`)
    if (existsSync(to)) return
    this.#note('rename-folder', folder, to)
    renameSync(folder, to)
  }
}
