import { stat } from 'node:fs/promises'
import { GalleryError } from '../../../shared/errors.ts'
import type { Catalogue } from './catalogue.ts'
import { isDigikam, readDigikam } from './digikam.ts'
import { isLightroom, readLightroom } from './lightroom.ts'
import { ForeignDatabase } from './sqlite.ts'
import { readTakeout } from './takeout.ts'

const readDatabase = (path: string): Catalogue => {
  const database = new ForeignDatabase(path)
  try {
    if (isLightroom(database)) return { program: 'lightroom', photos: readLightroom(database) }
    if (isDigikam(database)) return { program: 'digikam', photos: readDigikam(database) }
  } finally {
    database.close()
  }
  throw new GalleryError('UNSUPPORTED', 'catalogueUnknown', { path })
}

/**
 * Reads what another program knows of photos: a file is a catalogue of Lightroom or digiKam, by what is in it, a folder a Google Takeout.
 *
 * @throws NOT_FOUND where there is nothing; UNSUPPORTED for what is none of these, or is held by its program
 */
export const openCatalogue = async (path: string, signal: AbortSignal): Promise<Catalogue> => {
  const stats = await stat(path).catch((cause: unknown) => {
    throw new GalleryError('NOT_FOUND', 'noFolder', { path }, { cause })
  })
  if (!stats.isDirectory()) return readDatabase(path)
  const photos = await readTakeout(path, signal)
  if (photos.length === 0) throw new GalleryError('UNSUPPORTED', 'catalogueUnknown', { path })
  return { program: 'takeout', photos }
}
