import { fstatSync, readSync, type Stats } from 'node:fs'
import { basename } from 'node:path'
import type { Text } from '../../../shared/i18n/text.ts'
import { identityOf, isSame, stateOf, type FileIdentity, type FileState } from '../index/file-identity.ts'
import { bothDigests, firstDigest, headBytes } from '../index/first-digest.ts'
import { readMetadata, type Said } from './metadata.ts'
import { isGone, withFile, withPhoto, type OpenedFile } from './opened-file.ts'
import type { ReadSidecars } from './read-sidecars.ts'
import { convertPicture, readPicture } from './image.ts'
import { digestOf } from './digest.ts'
import { isPicture, typeOf } from './file-type.ts'
import { inKeptMemory } from './kept-memory.ts'
import { PictureError } from './picture-error.ts'
import { metadataPart } from './formats/raw-metadata.ts'
import { bytesOf } from './video/file-bytes.ts'
import { withSidecars } from './video/with-sidecars.ts'
import { filmIn } from './video/film-in-photo.ts'
import { readVideo } from './video/read-video.ts'

/** What came of one file. */
export type ReadResult =
  | { kind: 'photo'; photo: ReadPhoto }
  /** `again`: the content is not at fault, so that the file is worth another try although it stays as it is. */
  | { kind: 'failed'; text: Text; again: boolean }
  /** It is still being written: read it again later. */
  | { kind: 'growing' }
  | { kind: 'gone' }

export interface ReadPhoto {
  /** SHA-256 of the content, base64url; of a first look what stands for it (first-digest.ts). */
  digest: string
  /** What stood for the digest in a first look at this content; absent of videos, at which there is none. */
  first?: string
  bytes: number
  /** Milliseconds since 1970. */
  mtime: number
  /** As in an Entry of the file index. */
  ctime?: number
  ino?: number
  beside?: string
  live?: string | undefined
  /** When it was taken, in milliseconds since 1970; the file's own time where it does not say. */
  time: number
  thumb: Uint8Array
  thumbName: string
  /** Fields of the photo's hash (docs/data-model.md). */
  fields: Record<string, string>
  /** What the file, or its sidecar, says of what users can enter too. */
  said: Said
}

/** Larger files are not taken in: two processes hold one each in memory. */
export const maxFileBytes = 1024 ** 3
/** A file that changed this short a time ago and looks broken is rather not whole yet, in milliseconds. */
const youngFileMs = 1500

export const same = (a: Stats, b: Stats) =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs

/** It may not be whole yet. */
export const isYoung = ({ ctimeMs }: Stats) => {
  const age = Date.now() - ctimeMs
  return age >= 0 && age < youngFileMs
}

/** Throws PictureError for what is no picture. */
const pictureType = (bytes: Buffer, name: string): string => {
  const type = typeOf(bytes, name)
  if (!isPicture(type)) throw new PictureError({ id: 'notAPicture' }, true)
  return type
}

const decode = async (
  bytes: Buffer,
  name: string,
  mtime: number,
  sidecars: ReadSidecars,
): Promise<ReadPhoto> => {
  if (bytes.length === 0) throw new PictureError({ id: 'fileEmpty' }, true)
  const type = pictureType(bytes, name)
  const { taken, fields, said, live } = readMetadata(metadataPart(bytes, type), sidecars.contents)
  const picture = await readPicture(bytes, type)
  return {
    ...bothDigests(bytes),
    bytes: bytes.length,
    mtime,
    time: taken?.time ?? mtime,
    thumb: picture.thumb,
    thumbName: picture.thumbName,
    said,
    live,
    fields: {
      ...fields,
      type,
      width: String(picture.width),
      height: String(picture.height),
      placeholder: picture.placeholder,
      ...(picture.damage === null ? {} : { damage: picture.damage }),
    },
  }
}

const failed = (text: Text, again = false): ReadResult => ({ kind: 'failed', text, again })

/** All of a file, in one piece of memory; less than that where it shrank meanwhile. */
export const readAll = (file: number, size: number, bytes: Buffer = Buffer.allocUnsafeSlow(size)): Buffer => {
  let at = 0
  for (let count = -1; at < size && count !== 0; at += count) count = readSync(file, bytes, at, size - at, at)
  return bytes.subarray(0, at)
}

/** What was read of a file, unless it changed meanwhile or is not whole yet. */
const settle = async (file: number, before: Stats, make: () => Promise<ReadPhoto>): Promise<ReadResult> => {
  try {
    const read = await make()
    const after = fstatSync(file)
    if (!same(before, after) || read.bytes !== after.size) return { kind: 'growing' }
    const { ctime, ino } = stateOf(after)
    const photo = { ...read, ctime, ino }
    return photo.fields['damage'] && isYoung(after) ? { kind: 'growing' } : { kind: 'photo', photo }
  } catch (error) {
    if (!(error instanceof PictureError)) throw error
    const after = fstatSync(file)
    if (!same(before, after)) return { kind: 'growing' }
    return error.maybeCut && isYoung(after) ? { kind: 'growing' } : failed(error.text)
  }
}

const readOpened = async (opened: OpenedFile | null): Promise<ReadResult> => {
  if (!opened) return { kind: 'gone' }
  const { file, path, name, stats, type, isFilm, sidecars } = opened
  if (isFilm)
    return settle(file, stats, async () => ({
      ...withSidecars(await readVideo(path, file, type ?? ''), sidecars.contents),
      beside: sidecars.stamp,
    }))
  if (stats.size > maxFileBytes) return failed({ id: 'fileTooLarge' })
  const read = (memory?: Buffer) =>
    settle(file, stats, async () => {
      const bytes = readAll(file, stats.size, memory)
      const photo = await decode(bytes, name, Math.trunc(stats.mtimeMs), sidecars)
      if (filmIn(file, stats.size, bytes)) photo.fields['film'] = '1'
      return { ...photo, beside: sidecars.stamp }
    })
  // Of other kinds a reader of metadata would copy what does not lie in memory of its own.
  return type === 'image/jpeg' ? inKeptMemory(stats.size, read) : read()
}

/** What to say where the system refuses; null for errors that are not the system's. */
const systemReason = (error: unknown): Text | null => {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return { id: 'fileForbidden' }
  return syscall ? { id: 'fileFailed', blanks: { code: code ?? 'unknown' } } : null
}

/**
 * Reads a file once, whole, and its sidecars, and makes of them all that the gallery keeps. Runs in a decoder process, which
 * has nothing else to do meanwhile: reading without promises is measurably cheaper.
 */
export const readPhoto = async (path: string, sidecars: string[] = []): Promise<ReadResult> => {
  try {
    return await withPhoto(path, sidecars, readOpened)
  } catch (error) {
    if (isGone(error)) return { kind: 'gone' }
    const reason = systemReason(error)
    return reason ? failed(reason, true) : failed({ id: 'notDecoded' })
  }
}

/**
 * Does something with the picture in a file, read whole. Throws PictureError where it holds none, or another file has taken
 * its place since its path was checked.
 */
export const withPicture = async <T>(
  path: string,
  identity: FileIdentity,
  work: (bytes: Buffer, type: string) => Promise<T>,
): Promise<T> =>
  withFile(path, (file) => {
    const stats = fstatSync(file)
    if (!isSame(identityOf(stats), identity)) throw new PictureError({ id: 'fileChanged' })
    if (stats.size > maxFileBytes) throw new PictureError({ id: 'fileTooLarge' })
    const bytes = readAll(file, stats.size)
    return work(bytes, pictureType(bytes, basename(path)))
  })

/** The picture of a file at full size, in a kind that every browser shows. Throws PictureError where it cannot be decoded. */
export const convertFile = (path: string, identity: FileIdentity) =>
  withPicture(path, identity, convertPicture)

/** What a file holds, without a look at the picture in it. */
export type DigestResult =
  /** `first`: what stood for the digest in a first look at this content. */
  | { kind: 'digest'; digest: string; first: string; state: FileState }
  /** It was being written meanwhile. */
  | { kind: 'growing' }
  | { kind: 'gone' }
  /** It cannot be opened or read. */
  | { kind: 'failed' }

const digestIn = (file: number): DigestResult => {
  const before = fstatSync(file)
  if (!before.isFile()) return { kind: 'gone' }
  const first = firstDigest(bytesOf(file, 0, headBytes), before.size)
  const { digest } = digestOf(file)
  const after = fstatSync(file)
  return same(before, after) ? { kind: 'digest', digest, first, state: stateOf(after) } : { kind: 'growing' }
}

/** The digest of a file: an order of magnitude cheaper than decoding it, and all that tells which photo it is. */
export const readDigest = (path: string): Promise<DigestResult> =>
  withFile(path, digestIn).catch((error: unknown) => ({ kind: isGone(error) ? 'gone' : 'failed' }))
