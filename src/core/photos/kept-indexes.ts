import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Gallery } from '../gallery/gallery.ts'
import type { Keys } from '../redis/keys.ts'
import { packIndexes, unpackIndexes } from './packed-indexes.ts'
import type { AlbumIndex } from './photo-index.ts'

/*
 * What searches look at, on the disk of the program that reads it, so that the first search after a start need not wait for the records
 * of all photos. It is sealed by a key of the gallery, holds no right, and may be deleted at any time: where an album's events have gone
 * on, what they tell of is read again, and where a file cannot be opened or read, all of it is.
 */

/** Another one whenever indexed photos hold something else, or are packed in another way. */
const format = 1
/** Files of one gallery: one is made anew, and read in one go, whose albums have changed. */
const fileCount = 128
const [ivBytes, tagBytes] = [12, 16]

/** Where the indexes of a gallery lie, and the key that seals them. */
export interface KeptPlace {
  folder: string
  secret: Buffer
}

/** The place of a gallery in the data folder. */
export const keptPlace = ({
  home,
  id,
  secretFor,
}: Pick<Gallery, 'home' | 'id' | 'secretFor'>): KeptPlace => ({
  folder: join(home.path, 'cache', 'searches', createHash('sha256').update(id).digest('hex').slice(0, 16)),
  secret: secretFor('kept searches'),
})

const fileOf = (album: string) => createHash('sha256').update(album).digest().readUInt8() % fileCount

/** What a file is about: one that was put in the place of another does not open. */
const about = (file: number) => Buffer.from(`searches ${format} ${file}`)

const seal = (secret: Buffer, file: number, text: string): Buffer => {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(about(file))
  const sealed = [cipher.update(text, 'utf8'), cipher.final()]
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed])
}

const unseal = (secret: Buffer, file: number, bytes: Buffer): string => {
  const [iv, tag] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes, ivBytes + tagBytes)]
  const options = { authTagLength: tagBytes }
  const decipher = createDecipheriv('aes-256-gcm', secret, iv, options).setAAD(about(file)).setAuthTag(tag)
  return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
    'utf8',
  )
}

/** What tells whether a file still says what is in memory. */
const markOf = (indexes: ReadonlyMap<string, AlbumIndex>) =>
  [...indexes]
    .map(([album, { last }]) => `${album} ${last}`)
    .sort()
    .join('\n')

/** The indexes of one gallery on a disk. */
class KeptIndexes {
  readonly #place: KeptPlace
  readonly #files = new Map<number, Promise<Map<string, AlbumIndex>>>()
  readonly #marks = new Map<number, string>()
  #last: Promise<unknown> = Promise.resolve()
  #isOpen = true

  constructor(place: KeptPlace) {
    this.#place = place
  }

  /** Albums in the order in which their files are read one after the other. */
  inOrder(albums: string[]): string[] {
    return albums
      .map((album) => ({ album, file: fileOf(album) }))
      .sort((a, b) => a.file - b.file)
      .map(({ album }) => album)
  }

  /** What was kept of an album, once; undefined where nothing was, or it was given already. */
  async take(album: string): Promise<AlbumIndex | undefined> {
    if (!this.#isOpen) return undefined
    const file = fileOf(album)
    const reading = this.#files.get(file) ?? this.#last.then(() => this.#read(file))
    this.#files.set(file, reading)
    this.#last = reading // one after the other, so that others are answered in between
    const indexes = await reading
    const found = indexes.get(album)
    indexes.delete(album)
    return found
  }

  /** Nothing is asked for any more: what was not taken is forgotten. */
  endReading(): void {
    this.#isOpen = false
    this.#files.clear()
  }

  async #read(file: number): Promise<Map<string, AlbumIndex>> {
    try {
      const text = unseal(this.#place.secret, file, await readFile(this.#pathOf(file)))
      const indexes = await unpackIndexes(text)
      this.#marks.set(file, markOf(indexes))
      return indexes
    } catch {
      return new Map() // not there, or no file of this gallery and version
    }
  }

  /**
   * Writes what is in memory of albums where it is other than what lies there. A disk that refuses it goes without.
   *
   * @param indexOf what is in memory of an album; undefined where nothing is
   */
  async save(albums: string[], indexOf: (album: string) => AlbumIndex | undefined): Promise<void> {
    const files = Array.from({ length: fileCount }, () => new Map<string, AlbumIndex>())
    for (const album of albums) {
      const index = indexOf(album)
      if (index && index.last !== '') files[fileOf(album)]?.set(album, index)
    }
    try {
      await mkdir(this.#place.folder, { recursive: true, mode: 0o700 })
      for (const [file, indexes] of files.entries()) await this.#write(file, indexes)
    } catch {
      // the next search after a start reads the records
    }
  }

  async #write(file: number, indexes: Map<string, AlbumIndex>) {
    const mark = markOf(indexes)
    if (this.#marks.get(file) === mark) return
    if (indexes.size === 0) return this.#remove(file)
    // Two programs of one data folder that write it at once spoil it, which its seal tells.
    const draft = join(this.#place.folder, `${file}.part`)
    await writeFile(draft, seal(this.#place.secret, file, await packIndexes(indexes)), { mode: 0o600 })
    await rename(draft, this.#pathOf(file))
    this.#marks.set(file, mark)
  }

  async #remove(file: number) {
    await rm(this.#pathOf(file), { force: true })
    this.#marks.set(file, '')
  }

  /** Takes everything away that was kept. */
  async clear(): Promise<void> {
    this.#marks.clear()
    await rm(this.#place.folder, { recursive: true, force: true }).catch(() => undefined)
  }

  #pathOf(file: number) {
    return join(this.#place.folder, `${file}.sealed`)
  }
}

/** Those of the galleries that are open in this process. Sessions of one gallery share its `keys`. */
const galleries = new WeakMap<Keys, KeptIndexes>()

/** From now on what is read of a gallery's albums for the first time is looked for on the disk before. */
export const keepIndexes = (keys: Keys, place: KeptPlace): KeptIndexes => {
  const kept = galleries.get(keys) ?? new KeptIndexes(place)
  galleries.set(keys, kept)
  return kept
}

/** What a disk has of an album of a gallery; undefined where it has nothing. */
export const keptIndexOf = async (keys: Keys, album: string): Promise<AlbumIndex | undefined> =>
  galleries.get(keys)?.take(album)
