import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Session } from '../../gallery/session.ts'
import { atHand, isParked, type Entry, type FileIndex, type KnownFiles } from '../index/file-index.ts'
import { fetchTaken } from './locate-photo.ts'
import { noteEntries } from '../index/index-writer.ts'
import type { NewPhoto } from '../writing/photo-fields.ts'

/** Writes entries, and remembers them. */
export const noteAll = async (session: Session, fileIndex: FileIndex, entries: Map<string, Entry>) => {
  await noteEntries(session, entries)
  for (const [path, entry] of entries) fileIndex.set(path, entry)
}

/**
 * Notes that files are away with their folder or drive, which nobody could tell any more once something else has their names: a
 * card that is put where another one was.
 */
export const noteOffline = async (session: Session, fileIndex: FileIndex, paths: Iterable<string>) => {
  const away = Date.now()
  const entries = new Map<string, Entry>()
  for (const path of paths) {
    const entry = fileIndex.entries.get(path)
    if (entry && !entry.missing && entry.away === undefined && !isParked(path))
      entries.set(path, { ...atHand(entry), away })
  }
  await noteAll(session, fileIndex, entries)
}

/** Files that were away are there again, unchanged. */
export const noteBack = async (session: Session, fileIndex: FileIndex, paths: Iterable<string>) => {
  const entries = new Map<string, Entry>()
  for (const path of paths) {
    const entry = fileIndex.entries.get(path)
    if (entry?.away !== undefined && !entry.missing) entries.set(path, { ...atHand(entry), back: entry.away })
  }
  await noteAll(session, fileIndex, entries)
}

/** Whether another file of a folder went when this one did, and came back as it was. */
const isInOldFolder = async (path: string, away: number, known: KnownFiles): Promise<boolean> => {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => [])
  return names.some((name) => known.entries.get(join(folder, name))?.back === away)
}

/**
 * Whether a file that was away has come back edited, rather than being another drive's that has its name: it was taken at the same
 * moment, or its folder is the one that went.
 */
export const isBackEdited = async (
  session: Session,
  known: KnownFiles,
  entry: Entry & { away: number },
  { path, read }: NewPhoto,
): Promise<boolean> => {
  const { taken, named } = read.fields
  if (taken && !named && taken === (await fetchTaken(session, entry))) return true
  return isInOldFolder(path, entry.away, known)
}
