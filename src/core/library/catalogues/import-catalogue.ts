import { resolve } from 'node:path'
import { chunksOf } from '../../../shared/domain/chunks.ts'
import { maxPhotosPerCall } from '../../../shared/domain/limits.ts'
import { newOperationId } from '../../../shared/domain/random-ids.ts'
import type {
  CatalogueOptions,
  CatalogueProgress,
  CatalogueResult,
} from '../../../shared/schemas/catalogue.ts'
import type { Change } from '../../../shared/schemas/change.ts'
import type { FoundPhoto } from '../../../shared/schemas/library.ts'
import { applyChanges } from '../../changes/apply-changes.ts'
import { listCollections } from '../../collections/collections.ts'
import type { Session } from '../../gallery/session.ts'
import { readHashes, toRecord } from '../../redis/claims.ts'
import type { CataloguedPhoto } from './catalogue.ts'
import { changesOf, recordFields, type Known } from './catalogue-changes.ts'
import { openCatalogue } from './open-catalogue.ts'

/** Photos that are looked for and changed at a time, so that others are answered in between. */
const photosAtOnce = 200

/** Files that are named which the gallery does not have. */
const maxNamedAbsent = 20

interface Parts {
  session: Session
  /** The photos of the gallery that were taken in from these files. */
  find: (paths: string[]) => Promise<FoundPhoto[]>
}

/** Where a file lies now that the other program has below `from`. Its paths may be Windows's. */
const movedPath = (path: string, { from, to }: CatalogueOptions): string => {
  if (from === undefined || to === undefined) return path
  const plain = (text: string) => text.replaceAll('\\', '/').replace(/\/+$/, '')
  const [whole, begin] = [plain(path), `${plain(from)}/`]
  return whole.startsWith(begin) ? resolve(to, ...whole.slice(begin.length).split('/')) : path
}

/** One import: what it has done so far. */
class CatalogueImport {
  readonly #parts: Parts
  readonly #act = newOperationId()
  /** Photos of each collection, by its title. */
  readonly #collected = new Map<string, { photo: string; position: number }[]>()
  readonly counts = { matched: 0, changed: 0, collections: 0 }
  readonly absent: string[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Gives some photos what the catalogue says of them. */
  async take(photos: CataloguedPhoto[]) {
    const byPath = new Map(photos.map((photo) => [photo.path, photo]))
    const found = await this.#parts.find([...byPath.keys()])
    const here = new Set(found.map(({ path }) => path))
    this.absent.push(
      ...[...byPath.keys()].filter((path) => !here.has(path)).slice(0, maxNamedAbsent - this.absent.length),
    )
    this.counts.matched += found.length
    const known = await this.#read(found.filter(({ trashed }) => !trashed))
    for (const [album, some] of Map.groupBy(known, ({ at }) => at.album)) {
      const pairs = some.map(({ at, record }): Known => ({
        photo: at.photo,
        record,
        says: byPath.get(at.path),
      }))
      this.counts.changed += await this.#apply(changesOf(album, pairs))
    }
    for (const { at } of known)
      for (const { title, position } of byPath.get(at.path)?.collections ?? [])
        this.#collect(title, { photo: at.photo, position })
  }

  /** Puts photos into the collections of their titles, which are made where there are none. */
  async finish() {
    if (this.#collected.size === 0) return
    const there = await listCollections(this.#parts.session)
    for (const [title, photos] of this.#collected) {
      const own = there.find((one) => one.title === title && !one.smart && one.right === 'modify')
      const collection = own?.id ?? (await this.#make(title))
      if (collection === null) continue
      const inOrder = photos.toSorted((a, b) => a.position - b.position)
      const changes = chunksOf(inOrder, maxPhotosPerCall).map((some): Change => ({
        kind: 'collect',
        collection,
        values: some.map(({ photo }) => ({ photo, at: null })),
      }))
      if ((await this.#apply(changes)) > 0) this.counts.collections++
    }
  }

  #collect(title: string, photo: { photo: string; position: number }) {
    const photos = this.#collected.get(title)
    if (photos) photos.push(photo)
    else this.#collected.set(title, [photo])
  }

  async #make(title: string) {
    const changes: Change[] = [{ kind: 'create-collection', title }]
    return (await applyChanges(this.#parts.session, { act: this.#act, changes, mode: 'free' })).collection
  }

  async #apply(changes: Change[]): Promise<number> {
    if (changes.length === 0) return 0
    const { changed } = await applyChanges(this.#parts.session, { act: this.#act, changes, mode: 'free' })
    return changed
  }

  async #read(found: FoundPhoto[]) {
    const { redis, keys } = this.#parts.session
    const hashes = found.map(({ album, photo }) => keys.photo(album, photo))
    const rows = await readHashes(redis, hashes, recordFields)
    return found.map((at, i) => ({ at, record: toRecord(Object.keys(recordFields), rows[i] ?? []) }))
  }
}

/**
 * Gives the photos of the gallery what another program knows of them: titles, captions, stars, flags, labels, tags, collections, of a
 * Takeout dates too where the files have none. What users entered here stays, and nothing is taken away. Ended before its end, what was done
 * stays; run again, it goes on.
 *
 * @returns how far it is, before each part; at its end what came of it
 * @throws as openCatalogue does
 */
export async function* importCatalogue(
  parts: Parts,
  options: CatalogueOptions,
  signal: AbortSignal,
): AsyncGenerator<CatalogueProgress, CatalogueResult> {
  const { program, photos } = await openCatalogue(options.source, signal)
  const work = new CatalogueImport(parts)
  const found = photos.length
  for (const [n, some] of chunksOf(photos, photosAtOnce).entries()) {
    yield { done: n * photosAtOnce, found }
    signal.throwIfAborted()
    await work.take(some.map((photo) => ({ ...photo, path: movedPath(photo.path, options) })))
  }
  await work.finish()
  yield { done: found, found }
  return { program, found, ...work.counts, absent: work.absent }
}
