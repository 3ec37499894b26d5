import type { Session } from '../gallery/session.ts'
import { findLostThumbs } from '../thumbnails/find-bad.ts'
import { writeRedrawn } from '../thumbnails/redraw.ts'
import type { ShownPhoto } from '../thumbnails/shown.ts'
import type { Decoder } from './decode/pool.ts'
import type { Entry, KnownFiles } from './index/file-index.ts'
import { whileAway } from './queue/retry.ts'
import type { FoundFile } from './roots/walk.ts'
import { isContent } from './index/first-digest.ts'

export interface LostThumb {
  file: FoundFile
  photo: ShownPhoto
}

interface LostThumbsOptions {
  session: Session
  decoder: Pick<Decoder, 'read'>
  fileIndex: KnownFiles
}

/** The thumbnails of unchanged files that are gone from Redis, and their return. */
export class LostThumbs {
  readonly #options: LostThumbsOptions

  constructor(options: LostThumbsOptions) {
    this.#options = options
  }

  /** Those of some unchanged files whose photos have lost their thumbnails. */
  async among(files: FoundFile[]): Promise<LostThumb[]> {
    const { fileIndex, session } = this.#options
    const known = new Map<string, FoundFile>()
    const entries: Entry[] = []
    for (const file of files) {
      const entry = fileIndex.entries.get(file.path)
      if (!entry) continue
      entries.push(entry)
      known.set(entry.photo, file)
    }
    const lost = await findLostThumbs(session, entries)
    return lost.flatMap((photo) => {
      const file = known.get(photo.photo)
      return file ? [{ file, photo }] : []
    })
  }

  /** Reads the file again for its photo's thumbnail. One that cannot be read by now was told of before. */
  redraw(lost: LostThumb): Promise<void> {
    return whileAway(this.#options.session, () => this.#redraw(lost))
  }

  async #redraw({ file: { path }, photo: { album, thumb } }: LostThumb): Promise<void> {
    const { fileIndex, session, decoder } = this.#options
    const entry = fileIndex.entries.get(path)
    const result = entry && (await decoder.read(path))
    if (entry && result?.kind === 'photo' && isContent(entry.digest, result.photo))
      await writeRedrawn(session, { ...entry, album }, { path, read: result.photo }, thumb)
  }
}
