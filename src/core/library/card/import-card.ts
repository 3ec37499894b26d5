import { constants } from 'node:fs'
import { access, realpath, statfs } from 'node:fs/promises'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import { byName } from '../../../shared/domain/by-name.ts'
import { GalleryError, isDiskFull, systemCode } from '../../../shared/errors.ts'
import type { CardOptions, CardProgress, CardResult } from '../../../shared/schemas/card.ts'
import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { Failure } from '../../../shared/schemas/library.ts'
import { walk, type FoundFile, type Scan } from '../roots/walk.ts'
import { copyVerified, CopyDiffers, digestOf } from './copy-verified.ts'
import { makeFolder } from '../make-folder.ts'
import { exampleFile, nameByPattern } from '../../../shared/domain/naming-pattern.ts'

/** What an import asks of the gallery. */
export interface CardGallery {
  /** Sizes of the files that the gallery has, in bytes: a file of another size is a new one without being read twice. */
  sizes: ReadonlySet<number>
  /** Whether the gallery has a file with this content: SHA-256, base64url. */
  has: (digest: string) => boolean
  /** When a file was taken, as ISO 8601 by the clock of its camera; null where it does not say. */
  takenOf: (path: string) => Promise<string | null>
}

const failed = (path: string, text: Text): Failure => ({ path, reason: english(text), text })

const inside = (folder: string, other: string) => {
  const below = relative(folder, other)
  return below === '' || (below !== '..' && !below.startsWith(`..${sep}`))
}

const prepare = async (folder: string) => {
  await makeFolder(folder).catch((cause: unknown) => {
    throw new GalleryError('FORBIDDEN', 'cardTarget', { folder }, { cause })
  })
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new GalleryError('FORBIDDEN', 'cardTarget', { folder }, { cause })
  })
  return realpath(folder)
}

const filesOf = async (source: string, signal: AbortSignal) => {
  const scan: Scan = { problems: [], passed: [] }
  const files: FoundFile[] = []
  for await (const some of walk({ path: source }, scan, signal)) files.push(...some)
  return { files: files.toSorted((a, b) => byName(a.path, b.path)), problems: scan.problems }
}

const checkRoom = async (folder: string, bytes: number) => {
  const { bavail, bsize } = await statfs(folder)
  if (bytes > bavail * bsize) throw new GalleryError('UNAVAILABLE', 'cardNoRoom', { folder })
}

const failureOf = (path: string, error: unknown): Failure => {
  if (error instanceof CopyDiffers) return failed(path, { id: 'cardCopyDiffers' })
  const code = systemCode(error)
  if (isDiskFull(code))
    throw new GalleryError('UNAVAILABLE', 'cardNoRoom', { folder: dirname(path) }, { cause: error })
  return failed(path, { id: 'fileFailed', blanks: { code: code ?? 'unknown' } })
}

/** The way of the files of one card to their place. */
class CardImport {
  readonly #options: CardOptions
  readonly #gallery: CardGallery
  readonly #signal: AbortSignal
  readonly result: CardResult = { found: 0, copied: 0, skipped: 0, failed: [] }

  constructor(options: CardOptions, gallery: CardGallery, signal: AbortSignal) {
    this.#options = options
    this.#gallery = gallery
    this.#signal = signal
  }

  async take(file: FoundFile) {
    try {
      await this.#copy(file)
    } catch (error) {
      this.#signal.throwIfAborted()
      this.result.failed.push(failureOf(file.path, error))
    }
  }

  async #copy({ path, size, mtime }: FoundFile) {
    const { sizes, has, takenOf } = this.#gallery
    if (sizes.has(size) && has(await digestOf(path, this.#signal))) {
      this.result.skipped++
      return
    }
    const taken = (await takenOf(path)) ?? new Date(mtime).toISOString()
    const { target, pattern, backup } = this.#options
    const name = nameByPattern(pattern, { name: basename(path), taken })
    // The second copy first: a file that is at its place is one that has all its copies.
    if (backup !== undefined) await copyVerified(path, backup, name, this.#signal)
    const { path: copy } = await copyVerified(path, target, name, this.#signal)
    if (copy === null) this.result.skipped++
    else this.result.copied++
  }
}

/**
 * Refuses an import that cannot begin, before anything is made.
 *
 * @returns the real path of the card
 * @throws NOT_FOUND for no such card; INVALID for a pattern that is none, or copies that would go onto the card
 */
export const checkCard = async ({ source, target, backup, pattern }: CardOptions): Promise<string> => {
  nameByPattern(pattern, exampleFile())
  const card = await realpath(source).catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'cardGone', { folder: source }, { cause })
  })
  if ([target, backup].some((folder) => folder !== undefined && inside(card, resolve(folder))))
    throw new GalleryError('INVALID', 'cardOntoItself')
  return card
}

/**
 * Copies the photos of a card, or of any folder, to where the gallery follows them. What the gallery has already is passed over
 * by its content; each copy is read back; the card is only read. Pulled out at any moment it is run again, and goes on.
 *
 * @returns how far it is, before each file; at its end what came of it
 * @throws NOT_FOUND for no such card; INVALID for a pattern that is none, or a target on the card; FORBIDDEN, UNAVAILABLE for a
 * target that cannot be written or is full
 */
export async function* importCard(
  options: CardOptions,
  gallery: CardGallery,
  signal: AbortSignal,
): AsyncGenerator<CardProgress, CardResult> {
  const source = await checkCard(options)
  const { files, problems } = await filesOf(source, signal)
  const target = await prepare(options.target)
  const backup = options.backup === undefined ? undefined : await prepare(options.backup)
  if ([target, backup].some((folder) => folder !== undefined && inside(source, folder)))
    throw new GalleryError('INVALID', 'cardOntoItself')
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0)
  const fresh = files.filter(({ size }) => !gallery.sizes.has(size)).reduce((sum, { size }) => sum + size, 0)
  await checkRoom(target, fresh)
  const work = new CardImport({ ...options, source, target, backup }, gallery, signal)
  work.result.found = files.length
  work.result.failed.push(...problems.map(({ path, text }) => failed(path, text)))
  let bytes = 0
  for (const [done, file] of files.entries()) {
    yield { done, found: files.length, bytes, totalBytes }
    await work.take(file)
    bytes += file.size
  }
  yield { done: files.length, found: files.length, bytes, totalBytes }
  return work.result
}
