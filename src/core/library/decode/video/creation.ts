import { boxIn } from './boxes.ts'
import { bytesOf } from './file-bytes.ts'
import type { VideoFile } from './facts.ts'

/** From the first second of 1904, from which QuickTime counts, to that of 1970, in seconds. */
const from1904 = 2_082_844_800
/** From 1970 to the first second of 2001, from which Matroska counts, in milliseconds. */
const to2001Ms = 978_307_200_000
/** How far into a Matroska file its head may reach, in bytes. */
const headBytes = 64 * 1024

const ofMovie = ({ file, size }: VideoFile): number | null => {
  const movie = boxIn(file, 'moov', 0, size)
  const header = movie && boxIn(file, 'mvhd', movie.from, movie.to)
  if (!header) return null
  const bytes = bytesOf(file, header.from, Math.min(header.to, header.from + 12))
  if (bytes.length < 12) return null
  const seconds = bytes[0] === 1 ? Number(bytes.readBigUInt64BE(4)) : bytes.readUInt32BE(4)
  return (seconds - from1904) * 1000
}

/** DateUTC of a segment's Info: id 0x4461, eight bytes of nanoseconds (matroska.org). */
const ofMatroska = ({ file, size }: VideoFile): number | null => {
  const head = bytesOf(file, 0, Math.min(size, headBytes))
  const info = head.indexOf(Buffer.from([0x15, 0x49, 0xa9, 0x66]))
  const at = info < 0 ? -1 : head.indexOf(Buffer.from([0x44, 0x61, 0x88]), info)
  return at < 0 || at + 11 > head.length ? null : Number(head.readBigInt64BE(at + 3) / 1_000_000n) + to2001Ms
}

/** When a file was made, by its container, in milliseconds since 1970; null where it does not say, or cannot be right. */
export const creationOf = (video: VideoFile): number | null => {
  const matroska = /matroska|webm/.test(video.type)
  const created = matroska ? ofMatroska(video) : /mp4|quicktime|3gpp/.test(video.type) ? ofMovie(video) : null
  // Cameras without a clock say 1904 or 1970.
  return created !== null && created > 24 * 60 * 60 * 1000 && created < 8.64e15 ? created : null
}
