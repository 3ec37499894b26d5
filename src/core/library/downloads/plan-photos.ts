import { basename } from 'node:path'
import { maxDownloadPhotos } from '../../../shared/domain/downloads.ts'
import { nameAs } from '../../../shared/domain/export-formats.ts'
import { parseRef } from '../../../shared/domain/refs.ts'
import { GalleryError, hasCode } from '../../../shared/errors.ts'
import type { DownloadOptions } from '../../../shared/schemas/download.ts'
import { listAlbums } from '../../albums/albums.ts'
import { isStranger, type Session } from '../../gallery/session.ts'
import type { Original, Originals } from '../../photos/originals.ts'
import { photoRefs, showPhoto } from '../../photos/photos.ts'
import { fromRedis } from '../../redis/errors.ts'
import { isVideo } from '../decode/video/video-type.ts'
import { enteredOf } from '../export/export-metadata.ts'
import type { Entered } from '../sidecars-out/edit-xmp.ts'
import { foldersOf, ZipNames } from './zip-names.ts'
import { zipDate } from './zip-records.ts'
import { whatIsGiven, type Given } from './what-is-given.ts'

/** A photo that is to be sent, as it was when the download was laid out. */
export interface PlannedPhoto {
  album: string
  photo: string
  given: NonNullable<Given>
  /** Its path in the zip file, and that of its sidecar. */
  name: string
  sidecar: { name: string; entered: Entered } | null
  /** Bytes of its file. */
  size: number
  /** When its file was changed, in milliseconds since 1970. */
  mtimeMs: number
  /** As zip files say it. */
  date: number
}

/** Who takes photos home, and from where. */
export interface PlanParts {
  session: Session
  originals: Originals
}

/** Files that are looked at at once. */
const lookedAtOnce = 8

/** The original of a photo; null where this host has none to show, or the caller may not see it. */
export const openOriginal = async (
  { session, originals }: PlanParts,
  { album, photo }: { album: string; photo: string },
): Promise<Original | null> => {
  try {
    return await originals.open(session, album, photo)
  } catch (thrown) {
    const error = fromRedis(thrown)
    if (hasCode(error, 'NOT_FOUND') || hasCode(error, 'FORBIDDEN')) return null
    throw error
  }
}

/** The folder of each album, where photos come from several: titles make branches, and so do folders. */
const folderOfEach = async (session: Session, albums: Set<string>, names: ZipNames) => {
  if (albums.size < 2) return new Map<string, string>()
  const titles = new Map((await listAlbums(session)).map(({ id, title }) => [id, title]))
  return new Map([...albums].map((id) => [id, names.takeFolder(foldersOf(titles.get(id) ?? '') || id)]))
}

type Found = Omit<PlannedPhoto, 'name' | 'sidecar'> & { fileName: string; entered: Entered | null }

const enteredIn = async (
  session: Session,
  { album, photo }: { album: string; photo: string },
  file: string,
) => {
  const entered = enteredOf(await showPhoto(session, album, photo), file)
  return Object.keys(entered).length > 0 ? entered : null
}

/** Visitors are not told when a file was changed on the disk. */
const dateFor = (session: Session, mtimeMs: number, now: Date) =>
  zipDate(isStranger(session) ? now : new Date(mtimeMs))

/** What can be sent of a photo; null where that is nothing. */
const look = async (
  parts: PlanParts,
  ref: string,
  { kind, sidecars, now }: Pick<DownloadOptions, 'kind' | 'sidecars'> & { now: Date },
): Promise<Found | null> => {
  const { session } = parts
  const { album, id: photo } = parseRef(ref)
  const original = await openOriginal(parts, { album, photo })
  await original?.file.close()
  if (!original) return null
  const given = (await whatIsGiven(session, album, kind))(isVideo(original.type))
  if (given === null) return null
  const { size, mtimeMs } = original.identity
  const fileName = basename(original.path)
  const hasSidecar = sidecars && given === 'file' && !isStranger(session)
  const entered = hasSidecar ? await enteredIn(session, { album, photo }, fileName) : null
  return { album, photo, given, fileName, entered, size, mtimeMs, date: dateFor(session, mtimeMs, now) }
}

/** Photos as `album/photo`, each once: those that are named, or all of a view in its order. */
const refsOf = async (session: Session, photos: DownloadOptions['photos']) => {
  const refs = Array.isArray(photos)
    ? [...new Set(photos)]
    : await photoRefs(session, photos, 0, maxDownloadPhotos + 1)
  if (refs.length > maxDownloadPhotos)
    throw new GalleryError('INVALID', 'downloadTooMany', { count: maxDownloadPhotos })
  return refs
}

/** Looks at each photo, several at once. */
const lookAtAll = async (parts: PlanParts, refs: string[], options: DownloadOptions, signal: AbortSignal) => {
  const found: (Found | null)[] = []
  const now = new Date()
  for (let at = 0; at < refs.length; at += lookedAtOnce) {
    signal.throwIfAborted()
    const these = refs.slice(at, at + lookedAtOnce)
    found.push(...(await Promise.all(these.map((ref) => look(parts, ref, { ...options, now })))))
  }
  return found.filter((one) => one !== null)
}

/**
 * What is sent of which photos, in their order and under names that every system takes: of one whose original this host has not, or of which
 * the caller is given nothing, that is nothing.
 *
 * @throws INVALID for more than go into one download; NOT_FOUND, FORBIDDEN or UNAVAILABLE where a view cannot be read
 */
export const planPhotos = async (
  parts: PlanParts,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<{ photos: PlannedPhoto[]; leftOut: number }> => {
  const refs = await refsOf(parts.session, options.photos)
  const found = await lookAtAll(parts, refs, options, signal)
  const names = new ZipNames()
  const folders = await folderOfEach(parts.session, new Set(refs.map((ref) => parseRef(ref).album)), names)
  const photos = found.map(({ fileName, entered, ...photo }): PlannedPhoto => {
    const wanted = photo.given === 'file' ? fileName : nameAs(fileName, 'jpeg')
    const name = names.takeFile(folders.get(photo.album), wanted, photo.photo)
    const [folder, last] = [
      name.slice(0, Math.max(0, name.lastIndexOf('/'))),
      name.slice(name.lastIndexOf('/') + 1),
    ]
    const sidecar = entered && { name: names.takeFile(folder, `${last}.xmp`, photo.photo), entered }
    return { ...photo, name, sidecar }
  })
  return { photos, leftOut: refs.length - photos.length }
}
