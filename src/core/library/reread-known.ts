import type { Session } from '../gallery/session.ts'
import type { Decoder } from './decode/pool.ts'
import type { RereadPhoto } from './decode/reread.ts'
import { isSameState, type FileState } from './index/file-identity.ts'
import { readerVersion, type Entry, type FileIndex } from './index/file-index.ts'
import { noteEntry } from './index/index-writer.ts'
import { keptOf, saidArgs, toldFields } from './writing/photo-fields.ts'
import { changeTelling } from './writing/photo-writer.ts'
import { withNameDate } from './name-date.ts'
import type { FoundFile } from './roots/walk.ts'

/** Whether what a file and its sidecars tell was read by this version, and the sidecars are as they were then. */
export const isRead = (entry: Entry, { beside }: Pick<FileState, 'beside'>): boolean =>
  (entry.reader ?? 0) >= readerVersion && (beside === undefined || entry.beside === beside)

/** Whether the file itself is as it was: its photo is the same whatever its metadata are. */
export const isSameContent = ({ beside: _, ...known }: Entry, { beside: __, ...now }: FileState) =>
  !known.missing && isSameState(known, now, { stamped: true })

/** Whether a file is as it was, and has to be read for its metadata all the same. */
export const isOutdated = (entry: Entry, file: FileState): boolean =>
  isSameContent(entry, file) && !isRead(entry, file)

/** Brings a photo's record into step with what its file and sidecars tell. What users entered stays. */
const writeReread = (session: Session, known: Entry, path: string, { state, ...told }: RereadPhoto) => {
  const set = keptOf(told.fields)
  return changeTelling(session, {
    what: 'reread',
    from: path,
    to: path,
    entry: { ...known, ...state, reader: readerVersion, live: told.live },
    time: told.time,
    set,
    said: saidArgs(told),
    remove: toldFields.filter((name) => !(name in set)),
  })
}

interface Parts {
  session: Session
  decoder: Pick<Decoder, 'metadata'>
  fileIndex: FileIndex
  /** Whether the file is still as it was read; see Presence.isAsRead. */
  isAsRead: (state: FileState) => Promise<boolean>
  /** Whether the name of a file tells when its photo was taken. */
  namesTell: (path: string) => boolean
}

type Decide = (
  path: string,
  decision: () => Promise<'changed' | 'unchanged'>,
) => Promise<'changed' | 'unchanged'>

/**
 * Reads the metadata of a known file anew, and of its sidecars, without its picture. What cannot be read stays as it is;
 * where the content is at fault it is not tried again before it changes.
 */
export const rereadKnown = async (
  { session, decoder, fileIndex, namesTell, isAsRead }: Parts,
  { path, beside, sidecars = [] }: FoundFile,
  decide: Decide,
): Promise<'growing' | 'changed' | 'unchanged'> => {
  const entry = fileIndex.entries.get(path)
  const result = await decoder.metadata(path, sidecars)
  if (result.kind === 'growing') return 'growing'
  if (!entry || (result.kind === 'failed' && result.again)) return 'unchanged'
  return decide(path, async () => {
    const now = fileIndex.entries.get(path)
    if (now?.photo !== entry.photo || now.digest !== entry.digest) return 'unchanged'
    if (result.kind === 'metadata' && !isSameContent(now, result.metadata.state)) return 'unchanged'
    if (result.kind === 'metadata' && !(await isAsRead(result.metadata.state))) return 'unchanged'
    const told =
      result.kind === 'metadata' && namesTell(path)
        ? withNameDate(result.metadata, path)
        : result.kind === 'metadata' && result.metadata
    const written = told && (await writeReread(session, now, path, told))
    const state = result.kind === 'metadata' ? result.metadata.state : beside === undefined ? {} : { beside }
    const next = written ? written.entry : { ...now, ...state, reader: readerVersion }
    if (!written) await noteEntry(session, path, next) // the photo was removed, and its file stays out
    fileIndex.set(path, next)
    return written && written.differs ? 'changed' : 'unchanged'
  })
}
