import { crc32 } from 'node:zlib'
import type { DownloadKind } from '../../../shared/domain/downloads.ts'
import { GalleryError } from '../../../shared/errors.ts'
import { fromRedis } from '../../redis/errors.ts'
import { isVideo } from '../decode/video/video-type.ts'
import type { VisitorCopies } from '../export/visitor-copy.ts'
import { editXmp } from '../sidecars-out/edit-xmp.ts'
import { openOriginal, type PlannedPhoto, type PlanParts } from './plan-photos.ts'
import { whatIsGiven } from './what-is-given.ts'
import type { Content } from './zip-file.ts'
import type { ZipFile } from './zip-records.ts'

/** Bytes that are read of a file at a time. */
const readBytes = 256 * 1024

/** Who is sent the photos, and what makes pictures of them. */
export interface SendParts extends PlanParts {
  copies: VisitorCopies
}

/** A file of a zip file, and what it holds, from a byte on. */
export interface ZipItem {
  file: ZipFile
  isPhoto: boolean
  content: (parts: SendParts, from: number) => Content
}

async function* once(bytes: Uint8Array): Content {
  yield await Promise.resolve(bytes)
}

/** What is sent of a photo has to be what it was when its place among the bytes was told. */
const changed = () => new GalleryError('CONFLICT', 'downloadChanged')

/** The bytes of a photo's file, from one on: as long as the caller may have it, and it is what it was. */
async function* bytesOfFile(
  parts: PlanParts,
  planned: PlannedPhoto,
  { kind, from }: { kind: DownloadKind; from: number },
): Content {
  const original = await openOriginal(parts, planned)
  if (!original) throw changed()
  try {
    const given = (await whatIsGiven(parts.session, planned.album, kind))(isVideo(original.type))
    const { size, mtimeMs } = original.identity
    if (given !== 'file' || size !== planned.size || mtimeMs !== planned.mtimeMs) throw changed()
    const stream = original.file.createReadStream({
      start: from,
      end: size - 1,
      autoClose: false,
      highWaterMark: readBytes,
    })
    for await (const bytes of stream) yield bytes as Buffer
  } finally {
    await original.file.close()
  }
}

/** A text as a file. `text` is asked again for its content. */
export const textItem = (name: string, text: () => string, date: number): ZipItem => {
  const bytes = Buffer.from(text())
  return {
    file: { name: Buffer.from(name), size: bytes.length, crc: crc32(bytes), date },
    isPhoto: false,
    content: (_, from) => once(Buffer.from(text()).subarray(from)),
  }
}

/** The file of a photo, and its sidecar where it has one. */
export const itemsOf = (photo: PlannedPhoto, kind: DownloadKind): ZipItem[] => {
  const { name, size, date, sidecar } = photo
  const file = { name: Buffer.from(name), size, date, crc: null }
  const content = (parts: SendParts, from: number) => bytesOfFile(parts, photo, { kind, from })
  const original = { file, isPhoto: true, content }
  if (!sidecar) return [original]
  return [original, textItem(sidecar.name, () => editXmp(null, sidecar.entered), date)]
}

const copyOf = async (parts: SendParts, { album, photo, given }: PlannedPhoto, kind: DownloadKind) => {
  const original = await openOriginal(parts, { album, photo })
  await original?.file.close()
  if (!original) return null
  const now = (await whatIsGiven(parts.session, album, kind))(isVideo(original.type))
  if (now !== given || now === 'file') return null
  try {
    return await parts.copies.make(parts.session, original, { album, photo, size: now })
  } catch (thrown) {
    if (fromRedis(thrown) instanceof GalleryError) return null
    throw thrown
  }
}

/** The same with a picture that is made of the photo now, where that is what is given; nothing where none can be made any more. */
export const itemsMade = async (
  parts: SendParts,
  photo: PlannedPhoto,
  kind: DownloadKind,
): Promise<ZipItem[]> => {
  if (photo.given === 'file') return itemsOf(photo, kind)
  const bytes = await copyOf(parts, photo, kind)
  if (!bytes) return []
  const file = { name: Buffer.from(photo.name), date: photo.date, size: bytes.length, crc: crc32(bytes) }
  return [{ file, isPhoto: true, content: (_, from) => once(bytes.subarray(from)) }]
}
