import { sep } from 'node:path'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { makeStacks, type Stack } from '../changes/stack.ts'
import type { Session } from '../gallery/session.ts'
import { isParked, type Entry, type KnownFiles } from '../library/index/file-index.ts'
import { isIn } from '../library/roots/registered-roots.ts'
import { readPlaced } from '../library/writing/placed-records.ts'
import { dateOf, timeOf } from '../photos/photo-dates.ts'
import type { FieldLimits } from '../redis/claims.ts'
import { readName, stackOf, type Candidate } from './pair-rules.ts'
import { stackSetting } from './stack-setting.ts'

/** Files that came are looked at together after this time, in milliseconds. */
const pairDelayMs = 1000
/** Photos read in one go, so that Redis answers others in between. */
const photosPerRead = 2000
/** Stacks made in one step. */
const stacksPerCall = 50
/** Files of one name in one folder that are looked at. */
const maxAlike = 32

const limits = {
  name: 1024,
  type: 128,
  taken: 64,
  dated: 64,
  guessed: 16,
  duration: 32,
  behind: 16,
  apart: 8,
  trashed: 32,
} as const satisfies FieldLimits

interface Known {
  path: string
  entry: Entry
}

/** What the files of one photo have in common: their folder, and the name without what tells them apart. */
const pairKey = (path: string): string => {
  const name = path.lastIndexOf(sep) + 1
  return `${path.slice(0, name)}\0${readName(path.slice(name)).stem}`
}

/** The same of a live photo by what its files share, whatever their names are. */
const liveKey = (path: string, live: string): string =>
  `${path.slice(0, path.lastIndexOf(sep) + 1)}\0\0${live}`

const keysOf = (path: string, { live }: Pick<Entry, 'live'>): string[] => [
  pairKey(path),
  ...(live === undefined ? [] : [liveKey(path, live)]),
]

const toCandidate = (
  { photo: id, live }: Entry,
  record: Partial<Record<keyof typeof limits, string>>,
): Candidate | null => {
  const { name, type = '', taken, guessed, duration, behind, apart, trashed } = record
  if (!name || behind || apart || trashed) return null
  const isExact = (dateOf(taken) ?? '').length >= '2024-05-06T07:08:09'.length
  const seconds = Number(duration ?? '')
  return {
    ...{ id, name, type, live },
    time: isExact ? timeOf({ taken: taken ?? null, guessed: guessed ?? null }) : null,
    zoned: /(?:Z|[+-]\d\d:\d\d)$/.test(taken ?? ''),
    duration: duration && seconds >= 0 ? seconds : null,
  }
}

/**
 * Puts files together that are one photo by the table of pair-rules.ts, once they have been taken in. What is behind another
 * one, was taken apart, or is in the trash, is left as it is.
 */
export class Pairing {
  readonly #session: Session
  readonly #known: KnownFiles
  readonly #noted = new Set<string>()
  /** Folders of which all files were looked at since the program began. */
  readonly #seen: string[] = []
  #timer: NodeJS.Timeout | undefined
  #working: Promise<void> = Promise.resolve()

  constructor(session: Session, known: KnownFiles) {
    this.#session = session
    this.#known = known
  }

  /** A file has come, changed or moved here: those of its name are looked at soon. */
  note(path: string) {
    for (const key of keysOf(path, this.#known.entries.get(path) ?? {})) this.#noted.add(key)
    this.#timer ??= setTimeout(() => void this.run().catch(() => undefined), pairDelayMs).unref()
  }

  /**
   * Looks at the files that have come; the first time for a folder at all that lie in it, as the program may have been ended
   * before it did, or an older one took them in.
   */
  run(folder?: string): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const run = this.#working.then(() => this.#run(folder))
    this.#working = run.catch(() => undefined)
    return run
  }

  /** Looks at nothing any more. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#working
  }

  async #run(asked: string | undefined) {
    const folder = this.#seen.some((seen) => asked !== undefined && isIn(asked, seen)) ? undefined : asked
    const wanted = new Set(this.#noted)
    this.#noted.clear()
    if (wanted.size === 0 && folder === undefined) return
    const choice = await stackSetting(this.#session)
    if (choice === 'off') return
    try {
      const byAlbum = await this.#candidates(this.#alike(wanted, folder))
      for (const [album, groups] of byAlbum) {
        const stacks = groups.flatMap((files): Stack[] => {
          const stack = stackOf(files, choice)
          return stack ? [{ lead: stack.lead.id, photos: stack.others.map(({ id }) => id) }] : []
        })
        const context = { session: this.#session, act: '', mode: 'free' as const }
        for (const some of chunksOf(stacks, stacksPerCall))
          await makeStacks(context, album, some, { auto: true })
      }
      if (folder !== undefined) this.#seen.push(folder)
    } catch (error) {
      for (const key of wanted) this.#noted.add(key) // the next scan tries again
      throw error
    }
  }

  /** The files that share folder and name, or a live photo, with others, of those that are asked for. */
  #alike(wanted: Set<string>, folder: string | undefined): Known[][] {
    const folders = new Set([...wanted].map((key) => key.slice(0, key.indexOf('\0'))))
    const groups = new Map<string, Known[]>()
    for (const [path, entry] of this.#known.entries) {
      if (entry.missing || isParked(path)) continue
      const isAsked = folder !== undefined && isIn(path, folder)
      if (!isAsked && !folders.has(path.slice(0, path.lastIndexOf(sep) + 1))) continue
      for (const key of keysOf(path, entry)) {
        if (!isAsked && !wanted.has(key)) continue
        const group = groups.get(key)
        if (!group) groups.set(key, [{ path, entry }])
        else if (group.length < maxAlike) group.push({ path, entry })
      }
    }
    // The files of a live photo nearly always have one name too, and are one group then.
    const areNew = (key: string, files: Known[]) =>
      !key.includes('\0\0') || new Set(files.map(({ path }) => pairKey(path))).size > 1
    return [...groups].flatMap(([key, group]) => (group.length > 1 && areNew(key, group) ? [group] : []))
  }

  /** The photos of these files that may be put together, by album. */
  async #candidates(groups: Known[][]): Promise<Map<string, Candidate[][]>> {
    const found = new Map<string, Candidate[][]>()
    for (const some of chunksOf(groups, photosPerRead / 2)) {
      const entries = some.flat().map(({ entry }) => entry)
      const placed = await readPlaced(this.#session, entries, limits)
      for (const group of some) {
        const there = group.flatMap(({ entry }) => {
          const { album = '', record = {} } = placed.get(entry.photo) ?? {}
          const candidate = toCandidate(entry, record)
          return candidate ? [{ album, candidate }] : []
        })
        for (const [album, files] of Map.groupBy(there, (file) => file.album)) {
          const candidates = files.map(({ candidate }) => candidate)
          if (candidates.length > 1) found.set(album, [...(found.get(album) ?? []), candidates])
        }
      }
    }
    return found
  }
}
