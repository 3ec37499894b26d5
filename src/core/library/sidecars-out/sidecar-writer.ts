import { realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Text } from '../../../shared/i18n/text.ts'
import { followEvents } from '../../events/follow-events.ts'
import { fieldOf, photosIn, timeOfEntry, type StreamEntry } from '../../events/stream-fields.ts'
import type { RegisteredRoot } from '../../gallery/local-settings.ts'
import type { Session } from '../../gallery/session.ts'
import { tagsOf } from '../../photos/photo-record.ts'
import { tagNames } from '../../photos/tags.ts'
import type { Decoder } from '../decode/pool.ts'
import { isParked, type KnownFiles } from '../index/file-index.ts'
import { readPlaced } from '../writing/placed-records.ts'
import type { Entered } from './edit-xmp.ts'
import { areTagsEntered, enteredFields, enteredOf } from './entered.ts'
import type { Written } from './write-sidecar.ts'

/** What was entered is written once nothing more has been for this long, in milliseconds. */
const settleMs = 1500
/** Redis that went away is asked again after this time, in milliseconds. */
const retryMs = 5000
/** Another program at work on the same sidecar is given way to so often. */
const maxAttempts = 3
/** Records that are asked for at once. */
const recordsAtOnce = 500
/** As many events as an album keeps. */
const keptEvents = 1000

const entering = new Set(['edited', 'tagged'])

interface WriterOptions {
  session: Session
  decoder: Pick<Decoder, 'writeSidecar'>
  known: KnownFiles
  rootOf: (path: string) => RegisteredRoot | null
  /** See Presence.isHere. */
  isHere: (path: string, photo: string) => Promise<boolean>
  tell: (path: string, text: Text) => void
}

interface EnteredPhoto {
  path: string
  photo: string
  album: string
  entered: Entered
}

const saying = ({ tags, ...texts }: { tags: string[] } & Record<string, unknown>) =>
  [...Object.values(texts), ...tags].filter(Boolean).join(', ') || '–'

/**
 * Writes what users entered into sidecars, for the photos that this host took in, in the folders where that was asked for. Each
 * is compared with its sidecar before, so that nothing has to be remembered: what is there already is not written.
 */
export class SidecarWriter {
  readonly #options: WriterOptions
  readonly #waiting = new Set<string>()
  /** When users last entered something of a photo, in milliseconds since 1970. */
  readonly #enteredAt = new Map<string, number>()
  /** When this process last wrote the sidecar of a photo, by the disk's clock: what it wrote itself is no other's change. */
  readonly #writtenAt = new Map<string, number>()
  readonly #readOnly = new Set<string>()
  readonly #end = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #work: Promise<void> = Promise.resolve()
  #following: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
  }

  #writes(path: string): boolean {
    return this.#options.rootOf(path)?.sidecars === true && !isParked(path)
  }

  /** Begins to follow what users enter, or looks at all photos once more as a folder more is written now. */
  begin() {
    if (this.#following) this.#waitAll()
    else this.#following = this.#follow()
  }

  async #follow() {
    const { signal } = this.#end
    while (!signal.aborted) {
      try {
        for await (const event of followEvents(this.#options.session, signal)) {
          if (event.kind === 'resync') this.#waitAll()
          else if (event.kind === 'photos' && entering.has(event.what)) this.#wait(event.photos)
        }
        return
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref())
      }
    }
  }

  #wait(photos: string[]) {
    for (const photo of photos) {
      this.#enteredAt.set(photo, Date.now())
      for (const path of this.#options.known.pathsOfPhoto(photo)) this.#waiting.add(path)
    }
    this.#workSoon()
  }

  #waitAll() {
    for (const path of this.#options.known.entries.keys()) this.#waiting.add(path)
    this.#workSoon()
  }

  #workSoon() {
    clearTimeout(this.#timer)
    if (this.#end.signal.aborted) return
    this.#timer = setTimeout(() => {
      const paths = [...this.#waiting].filter((path) => this.#writes(path))
      this.#waiting.clear()
      this.#work = this.#work.then(() => this.#writeAll(paths)).catch(() => undefined)
    }, settleMs)
  }

  async #writeAll(paths: string[]) {
    for (let start = 0; start < paths.length; start += recordsAtOnce)
      for (const one of await this.#enteredIn(paths.slice(start, start + recordsAtOnce))) {
        if (this.#end.signal.aborted) return
        await this.#write(one)
      }
  }

  /** What users entered of the photos at some paths, those left out of which nobody entered anything. */
  async #enteredIn(paths: string[]): Promise<EnteredPhoto[]> {
    const { session, known } = this.#options
    const there = paths.flatMap((path) => {
      const entry = known.entries.get(path)
      return entry && !entry.missing ? [{ path, entry }] : []
    })
    const entries = there.map(({ entry }) => entry)
    const placed = await readPlaced(session, entries, enteredFields)
    const found: EnteredPhoto[] = []
    for (const { path, entry } of there) {
      const { album, record } = placed.get(entry.photo) ?? {}
      if (album === undefined || !record || record['trashed']) continue
      const asked = areTagsEntered(record) ? tagsOf(record) : []
      const entered = enteredOf(record, await tagNames(session, [album], asked))
      if (Object.keys(entered).length > 0) found.push({ path, photo: entry.photo, album, entered })
    }
    return found
  }

  /** When something of a photo was entered last, by its album's events; 0 where they reach back not so far. */
  async #timeOf(album: string, photo: string): Promise<number> {
    const heard = this.#enteredAt.get(photo)
    if (heard !== undefined) return heard
    const { redis, keys } = this.#options.session
    const events = (await redis.xrevrange(
      keys.albumEvents(album),
      '+',
      '-',
      'COUNT',
      keptEvents,
    )) as StreamEntry[]
    for (const [id, fields] of events)
      if (entering.has(fieldOf(fields, 'what')))
        for (const one of photosIn(fieldOf(fields, 'photos')))
          if (!this.#enteredAt.has(one)) this.#enteredAt.set(one, timeOfEntry(id))
    const found = this.#enteredAt.get(photo) ?? 0
    this.#enteredAt.set(photo, found)
    return found
  }

  async #write({ path, photo, album, entered }: EnteredPhoto) {
    const { decoder, isHere } = this.#options
    if (!(await isHere(path, photo))) return
    // A folder that became a link leads elsewhere.
    if ((await realpath(dirname(path)).catch(() => '')) !== dirname(path)) return
    const at = Math.max(await this.#timeOf(album, photo), this.#writtenAt.get(path) ?? 0)
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const written = await decoder.writeSidecar(path, entered, at)
      if (written.kind === 'again') continue
      if (written.kind === 'written') this.#writtenAt.set(path, written.mtime)
      this.#tell(path, written)
      return
    }
  }

  #tell(path: string, written: Written) {
    const { rootOf, tell } = this.#options
    const root = rootOf(path)?.path ?? path
    if (written.kind === 'foreign') tell(path, { id: 'sidecarForeign' })
    if (written.kind === 'newer')
      tell(path, {
        id: 'sidecarNewer',
        blanks: { theirs: saying({ ...written.says }), ours: saying({ ...written.ours }) },
      })
    if (written.kind !== 'readOnly' || this.#readOnly.has(root)) return
    this.#readOnly.add(root)
    tell(root, { id: 'sidecarReadOnly' })
  }

  /** Ends once what is being written is written. */
  async close(): Promise<void> {
    this.#end.abort()
    clearTimeout(this.#timer)
    await this.#following
    await this.#work
  }
}
