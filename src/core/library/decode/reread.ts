import { closeSync, fstatSync, openSync, type Stats } from 'node:fs'
import { basename } from 'node:path'
import { onlyState, readFlags, stateOf, type FileState } from '../file-identity.ts'
import { sniff, sniffBytes, typeOf } from './file-type.ts'
import { nothingSaid, readMetadata } from './metadata.ts'
import { metadataPart } from './raw-metadata.ts'
import { maxFileBytes, readAll, same, type ReadPhoto } from './read-photo.ts'
import { readSidecars } from './read-sidecars.ts'
import { readFacts } from './video/facts.ts'
import { videoFields } from './video/fields.ts'
import { bytesOf } from './video/file-bytes.ts'
import { isVideo } from './video/video-type.ts'
import { withSidecars } from './video/with-sidecars.ts'

/** What a file and its sidecars tell, without its picture. */
export type RereadPhoto = Pick<ReadPhoto, 'time' | 'fields' | 'said'> & {
  /** As the file and its sidecars were when they were read. */
  state: FileState
}

export type RereadResult =
  | { kind: 'metadata'; metadata: RereadPhoto }
  /** It is being written, or has gone: it is met again. */
  | { kind: 'growing' }
  /** `again`: the content is not at fault. */
  | { kind: 'failed'; again: boolean }

const readVideoMetadata = async (file: number, type: string, { size, mtimeMs }: Stats) => {
  const { taken, fields } = videoFields(await readFacts({ file, size, type }))
  return { time: taken?.time ?? Math.trunc(mtimeMs), fields, said: nothingSaid }
}

const readPhotoMetadata = (file: number, name: string, sidecars: Buffer[], { size, mtimeMs }: Stats) => {
  const bytes = readAll(file, size)
  const part = metadataPart(bytes, typeOf(bytes, name) ?? '')
  const { taken, fields, said } = readMetadata(part, sidecars)
  return { time: taken?.time ?? Math.trunc(mtimeMs), fields, said }
}

const readMetadataOf = async (path: string, file: number, beside: string[]): Promise<RereadResult> => {
  const before = fstatSync(file)
  if (!before.isFile()) return { kind: 'growing' }
  const { stamp, contents } = readSidecars(path, beside)
  const type = sniff(bytesOf(file, 0, sniffBytes), basename(path))
  const isFilm = type !== null && isVideo(type)
  if (!isFilm && before.size > maxFileBytes) return { kind: 'failed', again: false }
  const metadata = isFilm
    ? withSidecars(await readVideoMetadata(file, type, before), contents)
    : readPhotoMetadata(file, basename(path), contents, before)
  const after = fstatSync(file)
  if (!same(before, after)) return { kind: 'growing' }
  return {
    kind: 'metadata',
    metadata: { ...metadata, state: onlyState({ ...stateOf(after), beside: stamp }) },
  }
}

/** Reads what a file that is known tells, and its sidecars, and no picture. Runs in a decoder process. */
export const rereadMetadata = async (path: string, sidecars: string[]): Promise<RereadResult> => {
  let file: number | undefined
  try {
    file = openSync(path, readFlags)
    return await readMetadataOf(path, file, sidecars)
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return { kind: 'growing' }
    return { kind: 'failed', again: syscall !== undefined }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
