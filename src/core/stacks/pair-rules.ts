import { fileKind, type FileKind } from '../../shared/domain/stacks.ts'

/** What a file is among those of one name. */
export type Part = FileKind | 'edited'

interface PairRule {
  /** The two sides, whichever came first. */
  of: readonly [Part, Part]
  /** Seconds that the times of capture may differ by, where both are known. */
  within: number
  /** Both times have to be known. */
  dated?: true
}

/** Seconds that a film lasts at most to be a photo's own. */
export const maxFilmSeconds = 6

/**
 * Which files of one name in one folder are one photo (docs/pairs-and-stacks.md has the same table, and a test compares them).
 * A film begins before its picture is taken.
 */
export const pairRules: Record<string, PairRule> = {
  'RAW and picture': { of: ['raw', 'picture'], within: 1 },
  'picture and film': { of: ['picture', 'video'], within: 3 },
  'RAW and film': { of: ['raw', 'video'], within: 3 },
  'edited and picture': { of: ['edited', 'picture'], within: 1 },
  'edited and RAW': { of: ['edited', 'raw'], within: 1 },
  'edited and film': { of: ['edited', 'video'], within: 3 },
  'pictures of two formats': { of: ['picture', 'picture'], within: 1, dated: true },
}

/** What shows: the first of these that there is. */
export const leadOrders: Record<StackChoice, readonly Part[]> = {
  picture: ['edited', 'picture', 'raw', 'video'],
  raw: ['raw', 'edited', 'picture', 'video'],
}

export type StackChoice = 'picture' | 'raw'

/** Endings that programs give to the names of copies that they edited. */
const editedEndings = /[-_ ](?:edit|edited|bearbeitet|modifié|modifie)(?:-\d{1,3})?$/
const mayBeEdited = /^img_e|edit|bearb|modif/
/** The edited copy that an iPhone writes beside `IMG_1234`. */
const iphoneEdited = /^img_e(?=\d{4}$)/

/** The name that the files of one photo share, folded, and whether this one is an edited copy by its name. */
export const readName = (name: string): { stem: string; edited: boolean } => {
  const dot = name.lastIndexOf('.')
  const plain = (dot > 0 ? name.slice(0, dot) : name).normalize('NFC').toLowerCase()
  // A hundred thousand names are read at a start: the patterns are tried where they can fit.
  const stem = mayBeEdited.test(plain)
    ? plain.replace(editedEndings, '').replace(iphoneEdited, 'img_')
    : plain
  return { stem: stem || plain, edited: stem !== plain && stem !== '' }
}

/** A photo that may be one with others of its name. */
export interface Candidate {
  id: string
  name: string
  /** MIME type. */
  type: string
  /** Milliseconds since 1970; null where its time of capture is not known to the second. */
  time: number | null
  /** The file says which zone its clock has. */
  zoned: boolean
  /** Of a video, in seconds; null where it does not say. */
  duration: number | null
  /** What it shares with the other file of a live photo. */
  live?: string | undefined
}

const partOf = ({ name, type }: Candidate): Part => {
  const kind = fileKind(type)
  return kind === 'picture' && readName(name).edited ? 'edited' : kind
}

const quarterHourMs = 15 * 60_000

/** How far two times are apart, in milliseconds. Zones differ by quarters of an hour: where one is unknown, these do not count. */
const apart = (a: Candidate, b: Candidate): number => {
  const distance = Math.abs((a.time ?? 0) - (b.time ?? 0))
  if (a.zoned && b.zoned) return distance
  const rest = distance % quarterHourMs
  return distance > 26 * 60 * 60_000 ? distance : Math.min(rest, quarterHourMs - rest)
}

const isShort = ({ type, duration }: Candidate) =>
  fileKind(type) !== 'video' || (duration !== null && duration <= maxFilmSeconds)

/** Whether two files of one folder are one photo, which have one name or share what binds a live photo. */
export const arePair = (a: Candidate, b: Candidate): boolean => {
  const parts = [partOf(a), partOf(b)]
  const rule = Object.values(pairRules).find(
    ({ of }) => (of[0] === parts[0] && of[1] === parts[1]) || (of[0] === parts[1] && of[1] === parts[0]),
  )
  if (!rule || !isShort(a) || !isShort(b)) return false
  if (rule.of[0] === rule.of[1] && a.type === b.type) return false
  // They say so themselves, whatever their clocks and names do.
  if (rule.of.includes('video') && a.live !== undefined && a.live === b.live) return true
  if (a.time === null || b.time === null) return !rule.dated
  return Math.floor(apart(a, b) / 1000) <= rule.within
}

/**
 * Of files of one name in one folder the one that shows, and those that are one photo with it. Null where there are none.
 *
 * @param choice what shows where there are a RAW and a picture
 */
export const stackOf = (
  files: Candidate[],
  choice: StackChoice,
): { lead: Candidate; others: Candidate[] } | null => {
  const order = leadOrders[choice]
  const rank = (file: Candidate) => order.indexOf(partOf(file))
  const sorted = [...files].sort(
    (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
  )
  for (const [i, lead] of sorted.entries()) {
    const others = sorted.slice(i + 1).filter((file) => arePair(lead, file))
    if (others.length > 0) return { lead, others }
  }
  return null
}
