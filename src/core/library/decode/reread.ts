import { fstatSync, type Stats } from 'node:fs'
import { systemCode } from '../../../shared/errors.ts'
import { onlyState, stateOf, type FileState } from '../index/file-identity.ts'
import { typeOf } from './file-type.ts'
import { nothingSaid, readMetadata } from './metadata.ts'
import { isGone, withPhoto, type OpenedFile } from './opened-file.ts'
import { metadataPart } from './formats/raw-metadata.ts'
import { maxFileBytes, readAll, same, type ReadPhoto } from './read-photo.ts'
import { readFacts } from './video/facts.ts'
import { videoFields } from './video/fields.ts'
import { withSidecars } from './video/with-sidecars.ts'

/** What a file and its sidecars tell, without its picture. */
export type RereadPhoto = Pick<ReadPhoto, 'time' | 'fields' | 'said' | 'live'> & {
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
  const { taken, fields, live } = videoFields(await readFacts({ file, size, type }))
  return { time: taken?.time ?? Math.trunc(mtimeMs), fields, said: nothingSaid, live }
}

const readPhotoMetadata = ({ file, name, sidecars, stats: { size, mtimeMs } }: OpenedFile) => {
  const bytes = readAll(file, size)
  const part = metadataPart(bytes, typeOf(bytes, name) ?? '')
  const { taken, fields, said, live } = readMetadata(part, sidecars.contents)
  return { time: taken?.time ?? Math.trunc(mtimeMs), fields, said, live }
}

const readOpened = async (opened: OpenedFile | null): Promise<RereadResult> => {
  if (!opened) return { kind: 'growing' }
  const { file, stats, type, isFilm, sidecars } = opened
  if (!isFilm && stats.size > maxFileBytes) return { kind: 'failed', again: false }
  const metadata = isFilm
    ? withSidecars(await readVideoMetadata(file, type ?? '', stats), sidecars.contents)
    : readPhotoMetadata(opened)
  const after = fstatSync(file)
  if (!same(stats, after)) return { kind: 'growing' }
  return {
    kind: 'metadata',
    metadata: { ...metadata, state: onlyState({ ...stateOf(after), beside: sidecars.stamp }) },
  }
}

/** Reads what a file that is known tells, and its sidecars, and no picture. Runs in a decoder process. */
export const rereadMetadata = (path: string, sidecars: string[]): Promise<RereadResult> =>
  withPhoto(path, sidecars, readOpened).catch((error: unknown): RereadResult =>
    isGone(error) ? { kind: 'growing' } : { kind: 'failed', again: systemCode(error) !== undefined },
  )
