import type { Failure } from '../../shared/schemas.ts'
import type { Intake } from './import-queue.ts'
import type { Ledger } from './file-index.ts'
import type { Progress } from './progress.ts'
import type { Reconciler } from './reconcile.ts'
import { isIn, isOnline, type Place } from './roots.ts'
import { exists, walk, type FoundFile, type Scan } from './walk.ts'

export interface SweepParts {
  ledger: Ledger
  intake: Intake
  reconciler: Reconciler
  progress: Progress
  /** Called before a place is read: what comes from then on must not escape. */
  before: (place: Place) => Promise<void>
}

export interface SweepOptions {
  signal: AbortSignal
  /** See Intake.offer. */
  last: boolean
}

/** Unchanged files whose photos are asked for their thumbnails in one go. */
const checkedAtOnce = 1000

/** Whether anything was taken in from a place. */
export const hasPhotosIn = ({ entries }: Ledger, { path, file }: Place): boolean => {
  if (file) return entries.has(path)
  for (const known of entries.keys()) if (isIn(known, path)) return true
  return false
}

/** Offers all files of a place. False where it cannot be reached, or the sweep was stopped. */
const offerAll = async (
  { ledger, intake, before }: SweepParts,
  place: Place,
  { signal, last }: SweepOptions,
  { scan, seen }: { scan: Scan; seen: Set<string> },
): Promise<boolean> => {
  if (signal.aborted) return false
  if (!(await isOnline(place, hasPhotosIn(ledger, place)))) {
    const reason = 'This folder cannot be reached. Its photos stay as they are.'
    scan.problems.push({ path: place.path, reason })
    return false
  }
  await before(place)
  const unchanged: FoundFile[] = []
  for await (const files of walk(place, scan, signal)) {
    if (signal.aborted) return false
    for (const { path } of files) seen.add(path)
    unchanged.push(...intake.offer(files, { last }))
    if (unchanged.length >= checkedAtOnce) await intake.mendThumbs(unchanged.splice(0))
  }
  if (!signal.aborted) await intake.mendThumbs(unchanged)
  return !signal.aborted
}

/** Photos whose files a whole scan did not meet may have lost them; where a folder could not be read, nobody knows. */
const findMissing = async (
  { ledger, intake, reconciler }: SweepParts,
  place: Place,
  seen: Set<string>,
  problems: Failure[],
) => {
  const isUnseen = (path: string) =>
    isIn(path, place.path) && !seen.has(path) && !problems.some((problem) => isIn(path, problem.path))
  const unseenIn = (known: Map<string, unknown>) =>
    (place.file ? [place.path] : [...known.keys()]).filter((path) => known.has(path) && isUnseen(path))
  const unseenPhotos = unseenIn(ledger.entries)
  for (const path of unseenPhotos) if (!(await exists(path))) await reconciler.lose(path)
  const unseenFailures = unseenIn(ledger.failures)
  for (const path of unseenFailures) if (!(await exists(path))) await intake.forgetFailed(path)
}

/** Brings the gallery into step with a place: takes in what is new, then marks what has gone. Never throws. */
export const sweep = async (parts: SweepParts, place: Place, options: SweepOptions): Promise<void> => {
  const { progress, intake } = parts
  const scan: Scan = { problems: [] }
  const seen = new Set<string>()
  const tell = (error: unknown) => progress.problem(place.path, error)
  const whole = await offerAll(parts, place, options, { scan, seen }).catch((error: unknown) => {
    tell(error)
    return false
  })
  for (const { path, reason } of scan.problems) progress.problem(path, reason)
  progress.walkEnds()
  await intake.drained()
  if (whole && !options.signal.aborted) await findMissing(parts, place, seen, scan.problems).catch(tell)
  progress.scanEnds()
}
