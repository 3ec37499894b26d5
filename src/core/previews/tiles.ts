import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Tile } from '../../shared/domain/tiles.ts'
import type { Session } from '../gallery/session.ts'
import { unreadable, type Decoder } from '../library/decode/pool.ts'
import { isContent } from '../library/index/first-digest.ts'
import type { KnownOriginal, Originals } from '../photos/originals.ts'
import type { AskedPhoto } from '../thumbnails/view-thumbnail.ts'
import { Failures } from './failures.ts'
import type { PreviewCache } from './preview-cache.ts'
import { PreviewQueue } from './preview-queue.ts'

/** Grows where tiles are made in another way. */
const tileVersion = 1

/** All tiles of a photo are made at once, in seconds: one photo after the other. */
const limits = { running: 1, ahead: 0, waiting: 500, ofCaller: 100 }

/** What one asks for, and until when. */
export interface TileWish extends AskedPhoto {
  tile: Tile
  /** Aborted where nobody waits for it any more. */
  gone: AbortSignal
}

/** The name of a tile, by the content that it is a piece of. */
export const tileName = (digest: string, { divisor, column, row }: Tile): string =>
  `${digest}-tile-${divisor}-${column}-${row}-${tileVersion}`

/** Pieces of photos that are too large to be decoded whole by a browser: all of a photo are cut when the first is asked for. */
export class Tiles {
  readonly #decoder: Pick<Decoder, 'tiles'>
  readonly #cache: PreviewCache
  readonly #queue = new PreviewQueue<void>(limits)
  readonly #failures = new Failures()

  constructor(decoder: Pick<Decoder, 'tiles'>, cache: PreviewCache) {
    this.#decoder = decoder
    this.#cache = cache
  }

  /**
   * A tile of an original that was found for this caller. UNSUPPORTED where it cannot be cut, has changed, or has no such tile;
   * UNAVAILABLE where too many wait already.
   */
  async view(
    originals: Originals,
    caller: Session,
    { indexed, entry }: KnownOriginal,
    { album, photo, tile, gone }: TileWish,
  ): Promise<Buffer> {
    const name = tileName(entry.digest, tile)
    const kept = await this.#cache.get(name)
    if (kept) return kept
    const key = `${indexed}\n${entry.digest}`
    const work = async () => {
      if (!(await this.#cache.get(name))) await this.#cut(originals, caller, { album, photo }, entry.digest)
    }
    // One that is not there after all were cut is none: asking for it does not have them cut over and over.
    return this.#failures.guard(key, async () => {
      await this.#queue.ask(key, { caller: caller.account, urgency: 'screen', gone, work })
      const made = await this.#cache.get(name)
      if (!made) throw unreadable()
      return made
    })
  }

  async #cut(originals: Originals, caller: Session, { album, photo }: AskedPhoto, digest: string) {
    const { file, path, identity } = await originals.open(caller, album, photo)
    await file.close()
    await this.#cache.withFolder(async (folder) => {
      const made = await this.#decoder.tiles(path, identity, folder)
      if (!isContent(digest, made)) throw unreadable()
      await this.#keepAll(join(folder, 'tiles_files'), digest)
    })
  }

  /** Levels are numbered from the smallest one, which is of a single tile. */
  async #keepAll(folder: string, digest: string) {
    const levels = (await readdir(folder)).filter((name) => /^\d+$/.test(name))
    const sharpest = Math.max(...levels.map(Number))
    for (const level of levels)
      for (const file of await readdir(join(folder, level))) {
        const [column = 0, row = 0] = basename(file, '.jpeg').split('_').map(Number)
        const tile = { divisor: 2 ** (sharpest - Number(level)), column, row }
        await this.#cache.keep(tileName(digest, tile), await readFile(join(folder, level, file)))
      }
  }
}
