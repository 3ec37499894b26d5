import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRef } from '../../../shared/domain/refs.ts'
import { GalleryError } from '../../../shared/errors.ts'
import type { CopiesInput, CopiesMade } from '../../../shared/schemas/dragged-copies.ts'
import { ExportOptions, type ExportProgress } from '../../../shared/schemas/export.ts'
import type { Session } from '../../gallery/session.ts'
import { showPhoto } from '../../photos/photos.ts'
import type { ExportParts } from './copy-maker.ts'
import { exportInto } from './export-photos.ts'
import { ExportTarget } from './export-target.ts'

/** So many sets of copies are kept for programs that read them late; the oldest goes first. */
const maxKept = 4

interface Copies {
  session: Session
  /** Tells one set from another: whose, of what photos as they were, how large. */
  digest: string
  paths: string[]
  made: CopiesMade
}

/** Photos as they are just now, in one text. One that cannot be read is told when its copy is made. */
const digestOf = async (session: Session, { photos, size }: CopiesInput): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify([session.account, size]))
  for (const ref of photos) {
    const { album, id } = parseRef(ref)
    const photo = await showPhoto(session, album, id).catch(() => null)
    hash.update(JSON.stringify([ref, photo]))
  }
  return hash.digest('base64url')
}

/**
 * Copies that are made to be dragged to other programs, in a folder of the program's own: JPEG, as photos are shown, no larger than
 * is asked for. Films go as they are.
 */
export class DraggedCopies {
  readonly #folder: string
  readonly #copies = new Map<string, Copies>()
  readonly #emptied: Promise<void>

  /** @param folder - Nothing but copies is in it, and no other process uses it: what is there goes. */
  constructor(folder: string) {
    this.#folder = folder
    this.#emptied = this.clear().catch(() => undefined) // a folder that cannot be emptied is told when it is written to
  }

  /**
   * Makes copies, or finds those of the same photos that have not changed meanwhile.
   *
   * @returns how far it is, before each photo; at its end what came of it
   * @throws UNAVAILABLE where the disk is full
   */
  async *make(
    parts: ExportParts,
    input: CopiesInput,
    signal?: AbortSignal,
  ): AsyncGenerator<ExportProgress, CopiesMade> {
    await this.#emptied
    const digest = await digestOf(parts.session, input)
    const known = [...this.#copies.values()].find((one) => one.digest === digest)
    if (known && known.session === parts.session) return known.made
    const id = randomBytes(12).toString('hex')
    const folder = join(this.#folder, id)
    try {
      const { exported, elsewhere, failed } = yield* exportInto(
        parts,
        ExportOptions.parse({
          photos: input.photos,
          target: folder,
          pattern: '{name}',
          convert: converted(input),
        }),
        { target: await this.#target(parts, folder), signal: signal ?? new AbortController().signal },
      )
      const made = { copies: exported > 0 ? id : null, made: exported, elsewhere, failed }
      if (exported > 0)
        await this.#keep(id, { session: parts.session, digest, made, paths: await pathsIn(folder) })
      return made
    } finally {
      if (!this.#copies.has(id)) await rm(folder, { recursive: true, force: true })
    }
  }

  /** Where copies are. NOT_FOUND where they are another session's, or gone. */
  pathsOf(session: Session, id: string): string[] {
    const copies = this.#copies.get(id)
    if (copies?.session !== session) throw new GalleryError('NOT_FOUND', 'copiesGone')
    return copies.paths
  }

  /** Deletes all copies, also those of a process that is no more. */
  async clear(): Promise<void> {
    this.#copies.clear()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #target({ home, session }: ExportParts, folder: string) {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    return new ExportTarget(home, session.keys.gallery, folder, { own: true })
  }

  async #keep(id: string, copies: Copies) {
    this.#copies.set(id, copies)
    for (const old of [...this.#copies.keys()].slice(0, -maxKept)) {
      this.#copies.delete(old)
      await rm(join(this.#folder, old), { recursive: true, force: true })
    }
  }
}

const converted = ({ size }: CopiesInput) => ({ format: 'jpeg' as const, size })

const pathsIn = async (folder: string) => (await readdir(folder)).map((name) => join(folder, name))
