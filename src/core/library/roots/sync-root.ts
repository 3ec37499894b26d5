import type { AwayFolders } from './away-folders.ts'
import { isParked } from '../index/file-index.ts'
import type { ImportQueue } from '../queue/import-queue.ts'
import type { Progress } from '../queue/progress.ts'
import { isIn, isOnline, type WatchedPath } from './registered-roots.ts'
import type { Presence } from '../recognition/presence.ts'
import { newestIn, pathsIn } from './paths-in.ts'
import type { TakeIn } from '../take-in.ts'
import { keepsNumbers } from './stable-numbers.ts'
import { exists, walk, type FoundFile, type Scan } from './walk.ts'

export interface SyncParts {
  importQueue: ImportQueue
  takeIn: TakeIn
  presence: Presence
  progress: Progress
  /** Called before a root is read: what comes from then on must not escape. */
  before: (watched: WatchedPath) => Promise<void>
  /** Folders below a root that are away with their photos. */
  away: AwayFolders
  /** What a whole scan passed over. */
  passed: (path: string, passed: Scan['passed']) => void
}

export interface SyncOptions {
  signal: AbortSignal
  /** See ImportQueue.offer. */
  last: boolean
  /** A user asked for it: it looks closer. */
  deep: boolean
}

/** Unchanged files whose photos are asked for their thumbnails in one go. */
const checkedAtOnce = 1000

/** Offers all files of a root, or a part of one. False where it cannot be reached, or the scan was stopped. */
const offerAll = async (
  { importQueue, takeIn, presence, before }: SyncParts,
  watched: WatchedPath,
  { signal, last, deep }: SyncOptions,
  { scan, seen }: { scan: Scan; seen: Set<string> },
): Promise<boolean> => {
  if (signal.aborted) return false
  if (!(await isOnline(watched, () => newestIn(takeIn.known, watched)))) {
    scan.problems.push({ path: watched.path, text: { id: 'folderAway' } })
    await presence.offline(pathsIn(takeIn.known, watched))
    return false
  }
  await before(watched)
  const look = { numbers: deep || (await keepsNumbers(watched.path)), stamped: deep }
  const unchanged: FoundFile[] = []
  const enter = (folder: string) => presence.enter(folder)
  for await (const files of walk(watched, scan, signal, enter)) {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may abort while this waits
    if (signal.aborted) return false
    for (const { path } of files) seen.add(path)
    const same = importQueue.offer(files, { last, look })
    await presence.met(same)
    unchanged.push(...same)
    if (unchanged.length >= checkedAtOnce) await importQueue.mendThumbs(unchanged.splice(0))
  }
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may abort while this waits
  if (!signal.aborted) await importQueue.mendThumbs(unchanged)
  return !signal.aborted
}

/** Photos whose files a whole scan did not meet may have lost them; what lies in a folder that could not be read is left as it is. */
const findMissing = async (
  { takeIn, presence, away }: SyncParts,
  watched: WatchedPath,
  seen: Set<string>,
  problems: Scan['problems'],
) => {
  const isUnseen = (path: string) =>
    isIn(path, watched.path) &&
    !isParked(path) &&
    !seen.has(path) &&
    !problems.some((problem) => isIn(path, problem.path))
  const unseenIn = (known: ReadonlyMap<string, unknown>) =>
    (watched.file ? [watched.path] : [...known.keys()]).filter((path) => known.has(path) && isUnseen(path))
  const unseenPhotos = unseenIn(takeIn.known.entries)
  away.begin(watched.path)
  const offline: string[] = []
  for (const path of unseenPhotos) {
    if (takeIn.known.entries.get(path)?.missing || (await exists(path))) continue
    if (await away.has(path)) offline.push(path)
    else await presence.lose(path)
  }
  await presence.offline(offline)
  const unseenFailures = unseenIn(takeIn.known.failures)
  for (const path of unseenFailures) if (!(await exists(path))) await takeIn.forgetFailed(path)
}

/** Brings the gallery into step with a root, or a part of one: takes in what is new, then marks what has gone. Never throws. */
export const syncRoot = async (
  parts: SyncParts,
  watched: WatchedPath,
  options: SyncOptions,
): Promise<void> => {
  const { progress, importQueue, takeIn, passed } = parts
  const scan: Scan = { problems: [], passed: [] }
  const seen = new Set<string>()
  const tell = (error: unknown) => progress.failed(watched.path, error)
  const whole = await offerAll(parts, watched, options, { scan, seen }).catch((error: unknown) => {
    tell(error)
    return false
  })
  for (const { path, text } of scan.problems) progress.problem(path, text)
  if (whole) passed(watched.path, scan.passed)
  progress.walkEnds()
  await importQueue.drained()
  if (whole && !options.signal.aborted) await findMissing(parts, watched, seen, scan.problems).catch(tell)
  if (!options.signal.aborted) await takeIn.pair(watched.path).catch(tell)
  importQueue.scanEnds()
  progress.scanEnds()
}
