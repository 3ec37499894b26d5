import { open, rm } from 'node:fs/promises'
import { exampleFile, nameByPattern } from '../../../shared/domain/naming-pattern.ts'
import { english } from '../../../shared/i18n/english.ts'
import type { Text } from '../../../shared/i18n/text.ts'
import type { ExportOptions, ExportProgress, ExportResult } from '../../../shared/schemas/export.ts'
import type { Session } from '../../gallery/session.ts'
import { photoRefs } from '../../photos/photos.ts'
import { digestOf, newPart, publish } from '../card/copy-verified.ts'
import {
  CopyMaker,
  endingOf,
  endsAll,
  reasonOf,
  type CopyOrder,
  type ExportParts,
  type Made,
} from './copy-maker.ts'
import { ExportTarget } from './export-target.ts'

/** Photos of a view, which no gallery has more of. */
const maxPhotos = 10_000_000

type Copy = Extract<Made, { kind: 'part' | 'there' }>

/** The way of what was made to its names, and the count of it. */
class Settler {
  readonly #order: CopyOrder
  readonly result: ExportResult = { found: 0, exported: 0, skipped: 0, elsewhere: 0, failed: [] }
  bytes = 0

  constructor(order: CopyOrder) {
    this.#order = order
  }

  /** Gives what was made its name, and counts it. */
  async settle(made: Made): Promise<void> {
    const { result } = this
    if (made.kind === 'ended') throw made.error
    if (made.kind === 'elsewhere') result.elsewhere++
    else if (made.kind === 'failed') this.#fail(made.path, made.text)
    else await this.#settleCopy(made)
  }

  /** Of what will not get its name after all. */
  async discard(made: Made): Promise<void> {
    if (made.kind === 'part') await rm(made.part, { force: true })
  }

  async #settleCopy(made: Copy) {
    const { result } = this
    const { signal, target } = this.#order
    try {
      const { path, made: isNew } =
        made.kind === 'there' ? { path: made.path, made: false } : await this.#publish(made)
      if (isNew) result.exported++
      else result.skipped++
      if (made.sidecar !== null) await this.#writeSidecar(`${path}.xmp`, made.sidecar)
    } catch (error) {
      await this.discard(made)
      if (signal.aborted || endsAll(error)) throw endingOf(error, target.folder)
      this.#fail(made.kind === 'there' ? made.path : made.wanted, reasonOf(error))
    }
  }

  async #publish({ part, wanted, digest, bytes }: Extract<Copy, { kind: 'part' }>) {
    const again = !this.#order.options.skip
    const published = await publish(part, wanted, { digest, again, signal: this.#order.signal })
    this.bytes += bytes
    return published
  }

  /** A sidecar belongs to the file of its name: one of other content that is there stays, and is told. */
  async #writeSidecar(path: string, text: string) {
    const part = newPart(path)
    try {
      const file = await open(part, 'wx')
      try {
        await file.writeFile(text)
        await file.sync()
      } finally {
        await file.close()
      }
      const digest = await digestOf(part, this.#order.signal)
      const there = await digestOf(path, this.#order.signal).catch(() => null)
      if (there === null) await publish(part, path, { digest, signal: this.#order.signal })
      else if (there !== digest) this.#fail(path, { id: 'sidecarThere' })
    } finally {
      await rm(part, { force: true })
    }
  }

  #fail(path: string, text: Text) {
    this.result.failed.push({ path, reason: english(text), text })
  }
}

/** Photos as `album/photo`, each once: those that are named, or all of a view in its order. */
const refsOf = async (session: Session, photos: ExportOptions['photos']): Promise<string[]> =>
  Array.isArray(photos) ? [...new Set(photos)] : photoRefs(session, photos, 0, maxPhotos)

/**
 * Copies photos into a folder: their originals byte by byte, or pictures that are made of them. Only originals that this host
 * took in itself are read, nothing that is there is overwritten, and what has its name is whole.
 *
 * @returns how far it is, before each photo; at its end what came of it
 * @throws INVALID for a pattern that is none, or a folder that the gallery follows or keeps; FORBIDDEN, UNAVAILABLE for one
 * that cannot be written or is full
 */
export async function* exportPhotos(
  parts: ExportParts,
  options: ExportOptions,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<ExportProgress, ExportResult> {
  nameByPattern(options.pattern, exampleFile())
  const target = new ExportTarget(parts.home, parts.session.keys.gallery, options.target)
  return yield* exportInto(parts, options, { target, signal })
}

/** The same, into a folder that is known to be one for it. */
export async function* exportInto(
  parts: ExportParts,
  options: ExportOptions,
  { target, signal }: { target: ExportTarget; signal: AbortSignal },
): AsyncGenerator<ExportProgress, ExportResult> {
  const refs = await refsOf(parts.session, options.photos)
  await target.open()
  const order = { options, target, signal }
  const maker = new CopyMaker(parts, order)
  const work = new Settler(order)
  const found = refs.length
  work.result.found = found
  // As many are made at once as there are decoders; they get their names in the order of the photos.
  const making: Promise<Made>[] = []
  try {
    for (let done = 0; done < found; done++) {
      yield { done, found, bytes: work.bytes }
      while (making.length < parts.decoder.workers && done + making.length < found)
        making.push(maker.make(refs[done + making.length] ?? ''))
      const made = await making[0]
      if (made) await work.settle(made)
      void making.shift()
    }
    yield { done: found, found, bytes: work.bytes }
    return work.result
  } finally {
    for (const made of making) await work.discard(await made)
  }
}
