/**
 * What is passed over in a root: one list for scans and watching alike, told of in each folder's settings. Sources: the
 * manuals of the systems and programs named, and the lists of other galleries (PhotoPrism, Immich, digiKam).
 */
import { constants } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import type { Text } from '../../../shared/i18n/text.ts'
import { readFlags } from '../index/file-identity.ts'

/** Folders that systems and programs keep for themselves, by name in lower case; whose they are is shown. */
const keptBy: Record<string, string> = {
  '@eadir': 'Synology',
  '@tmp': 'Synology',
  '@synoeastream': 'Synology',
  '@synoresource': 'Synology',
  '@sharebin': 'Synology',
  '@database': 'Synology',
  '#recycle': 'Synology',
  '#snapshot': 'Synology',
  '@recycle': 'QNAP',
  '@recently-snapshot': 'QNAP',
  '@snapshot': 'QNAP',
  '@transcode': 'QNAP',
  'network trash folder': 'macOS',
  'temporary items': 'macOS',
  __macosx: 'ZIP (macOS)',
  recycler: 'Windows',
  recycled: 'Windows',
  '$recycle.bin': 'Windows',
  'system volume information': 'Windows',
  'found.000': 'Windows',
  'lost+found': 'Linux',
  'lost.dir': 'Android',
  node_modules: 'npm',
}

/** The same by the ending of the name: catalogues, and what they draw from the photos. */
const keptByEnding: Record<string, string> = {
  lrdata: 'Lightroom',
  'lrcat-data': 'Lightroom',
  lrlibrary: 'Lightroom',
  aplibrary: 'Aperture',
  apvault: 'Aperture',
  migratedaplibrary: 'Aperture',
  migratedphotolibrary: 'iPhoto',
  cocatalog: 'Capture One',
  cosessiondb: 'Capture One',
  photolibrary: 'iPhoto',
  theater: 'iMovie',
  imovielibrary: 'iMovie',
  fcpbundle: 'Final Cut',
}

/** Below folders of these names only that one is not the program's own: Capture One's sidecars lie beside the photos. */
const keptInside: Record<string, { by: string; folders: Set<string> }> = {
  captureone: { by: 'Capture One', folders: new Set(['cache', 'settings']) },
}

/** Of an Apple Photos library only the originals are photos (`Masters` in old ones). */
const photosOriginals = new Set(['originals', 'masters'])

const endingOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** Whose folder it is that is passed over with everything in it; null where it is the user's own. `parent`: the folder around it. */
const junkOf = (name: string, parent = ''): string | null => {
  const folded = name.toLowerCase()
  const around = parent.toLowerCase()
  if (name.startsWith('.')) return name
  if (around.endsWith('.photoslibrary') && !photosOriginals.has(folded)) return 'Apple Photos'
  const inside = keptInside[around]
  if (inside?.folders.has(folded)) return inside.by
  return keptBy[folded] ?? (folded.includes('.') ? (keptByEnding[endingOf(folded)] ?? null) : null)
}

export const isJunk = (name: string, parent = ''): boolean => junkOf(name, parent) !== null

/** A folder with this file in it is passed over, as Android does it. */
const noMedia = '.nomedia'
/** Patterns of what to pass over in a folder and below it, written as in a `.gitignore`; PhotoPrism's name. */
const patternFile = '.ppignore'

/** Bytes of a file of patterns that are read, lines of it that count, and characters and stars in one line. */
const maxPatternBytes = 64 * 1024
const maxPatterns = 1000
const maxPatternLength = 200
const maxStars = 8

/** Patterns that hold below a folder. */
interface Patterns {
  folder: string
  matcher: Ignore
}

const isBounded = (line: string) =>
  line.length <= maxPatternLength && (line.match(/\*/g)?.length ?? 0) <= maxStars

const readPatterns = async (folder: string): Promise<Patterns | null> => {
  const file = await open(join(folder, patternFile), readFlags | constants.O_RDONLY).catch(() => null)
  if (!file) return null
  try {
    if (!(await file.stat()).isFile()) return null
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxPatternBytes), 0, maxPatternBytes, 0)
    const lines = buffer.toString('utf8', 0, bytesRead).split(/\r?\n/).slice(0, maxPatterns)
    return { folder, matcher: ignore({ ignorecase: true }).add(lines.filter(isBounded)) }
  } catch {
    return null
  } finally {
    await file.close()
  }
}

const isMatched = ({ folder, matcher }: Patterns, path: string, isFolder: boolean): boolean => {
  const below = relative(folder, path).split(sep).join('/')
  return below !== '' && ignore.isPathValid(below) && matcher.ignores(isFolder ? `${below}/` : below)
}

/** What holds in one folder: its own rules, and those of the folders around it. */
export class FolderRules {
  readonly #patterns: Patterns[]

  private constructor(patterns: Patterns[]) {
    this.#patterns = patterns
  }

  static readonly none = new FolderRules([])

  /** The rules in a folder with these names in it. */
  async within(folder: string, names: string[]): Promise<FolderRules> {
    const own = names.includes(patternFile) ? await readPatterns(folder) : null
    return own ? new FolderRules([...this.#patterns, own]) : this
  }

  /** Why a folder is passed over with all in it; null where it is not. */
  reasonFor(folder: string): Text | null {
    const by = junkOf(basename(folder), basename(dirname(folder)))
    if (by !== null) return { id: by === basename(folder) ? 'passedHidden' : 'passedJunk', blanks: { by } }
    return this.#patterns.some((patterns) => isMatched(patterns, folder, true))
      ? { id: 'passedByPattern', blanks: { file: patternFile } }
      : null
  }

  passesOver(file: string): boolean {
    return this.#patterns.some((patterns) => isMatched(patterns, file, false))
  }
}

/** Why a folder with these names in it is passed over with all below; null where it is not. */
export const passedByMark = (names: string[]): Text | null =>
  names.includes(noMedia) ? { id: 'passedByMark', blanks: { file: noMedia } } : null

/** Whether a file is passed over by the rules of the folders from a root down to it, as they are now. */
export const isPassedOver = async (root: string, path: string): Promise<boolean> => {
  let rules = FolderRules.none
  let folder = root
  for (const part of relative(root, path).split(sep)) {
    const names = await readdir(folder).catch(() => [])
    if (passedByMark(names)) return true
    rules = await rules.within(folder, names)
    const next = join(folder, part)
    if (next === path) return rules.passesOver(path)
    if (rules.reasonFor(next)) return true
    folder = next
  }
  return false
}
