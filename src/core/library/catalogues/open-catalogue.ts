import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GalleryError } from '../../../shared/errors.ts'
import type { Catalogue } from './catalogue.ts'
import { isDigikam, readDigikam } from './digikam.ts'
import { isLightroom, readLightroom } from './lightroom.ts'
import { ForeignDatabase } from './sqlite.ts'
import { readTakeout } from './takeout.ts'

const readDatabase = async (path: string, signal: AbortSignal): Promise<Catalogue> => {
  const database = new ForeignDatabase(path)
  try {
    if (isLightroom(database)) return { program: 'lightroom', photos: await readLightroom(database, signal) }
    if (isDigikam(database)) return { program: 'digikam', photos: readDigikam(database) }
  } finally {
    database.close()
  }
  throw new GalleryError('UNSUPPORTED', 'catalogueUnknown', { path })
}

/** The catalogue in a folder, of several the one that was changed last; null where there is none. */
const databaseIn = async (folder: string): Promise<string | null> => {
  const names = (await readdir(folder)).filter((name) => name === 'digikam4.db' || name.endsWith('.lrcat'))
  const dated = await Promise.all(
    names.map(async (name) => ({
      path: join(folder, name),
      mtime: (await stat(join(folder, name))).mtimeMs,
    })),
  )
  return dated.toSorted((a, b) => b.mtime - a.mtime)[0]?.path ?? null
}

/**
 * Reads what another program knows of photos: a file is a catalogue of Lightroom or digiKam, by what is in it; a folder
 * has one of these in it, or is a Google Takeout.
 *
 * @throws NOT_FOUND where there is nothing; UNSUPPORTED for what is none of these, or is held by its program
 */
export const openCatalogue = async (path: string, signal: AbortSignal): Promise<Catalogue> => {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'noFolder', { path }, { cause })
  })
  if (!stats.isDirectory()) return readDatabase(path, signal)
  const inside = await databaseIn(path)
  if (inside !== null) return readDatabase(inside, signal)
  const photos = await readTakeout(path, signal)
  if (photos.length === 0) throw new GalleryError('UNSUPPORTED', 'catalogueUnknown', { path })
  return { program: 'takeout', photos }
}
