import { stat } from 'node:fs/promises'
import workerpool from 'workerpool'
import { GalleryError } from '../../../shared/errors.ts'
import type { TextId } from '../../../shared/i18n/text.ts'
import { childEnvironment, entryPath } from '../../gallery/app-paths.ts'
import type { PreviewSize } from '../../../shared/domain/preview-sizes.ts'
import type { FileIdentity } from '../index/file-identity.ts'
import type { Content } from '../index/first-digest.ts'
import type { ExportedFile, ExportOrder } from './export-picture.ts'
import type { AskedFile } from './first-look.ts'
import type { MadePreview } from './preview.ts'
import type { DigestResult, ReadPhoto, ReadResult } from './read-photo.ts'
import type { Entered } from '../sidecars-out/edit-xmp.ts'
import type { Written } from '../sidecars-out/write-sidecar.ts'
import type { RereadResult } from './reread.ts'

/** A picture that keeps a decoder busy for longer than this has failed, in milliseconds. */
export const decodeTimeoutMs = 60_000

/** The same for one that is exported at full size in a format that takes its time, in milliseconds. */
const exportTimeoutMs = 10 * decodeTimeoutMs

/** A video is read whole for its digest, however slow its disk: so many bytes a second are granted besides. */
const slowestBytesPerSecond = 10 * 1024 ** 2

const defaultWorkers = 2

/** glibc keeps freed memory apart for each thread, of which a decoder has many and uses few: one store holds a quarter less. */
const oneArena = { MALLOC_ARENA_MAX: '1' }

/** Decodes pictures in processes of their own. */
export interface Decoder {
  workers: number
  /** `sidecars`: their paths, the more telling one last. */
  read: (path: string, sidecars?: string[]) => Promise<ReadResult>
  /** First looks at files, in their order; null where one tells nothing. */
  firstLooks: (files: AskedFile[]) => Promise<(ReadPhoto | null)[]>
  /** What the file and its sidecars tell, without its picture. */
  metadata: (path: string, sidecars: string[]) => Promise<RereadResult>
  /** When a file was taken, ISO 8601 by the clock of its camera; null where it does not say. */
  taken: (path: string) => Promise<string | null>
  /** Writes what users entered into the sidecar of a photo; `at`: when, in milliseconds since 1970. */
  writeSidecar: (path: string, entered: Entered, at: number) => Promise<Written>
  /** What the file holds, without its picture. */
  digest: (path: string) => Promise<DigestResult>
  /**
   * The picture at full size, in a kind that every browser shows. UNSUPPORTED where it cannot be decoded, or is not the
   * file any more whose path was checked.
   */
  convert: (path: string, identity: FileIdentity) => Promise<{ type: string; bytes: Uint8Array }>
  /**
   * The picture in a size for screens. UNSUPPORTED where it cannot be decoded, or is not the file any more whose path was
   * checked. `mark`: words that it carries.
   */
  preview: (
    path: string,
    identity: FileIdentity,
    size: PreviewSize,
    mark: string | null,
  ) => Promise<MadePreview>
  /** Cuts the picture into tiles, which lie in `folder` then (tiles.ts), and tells its content. UNSUPPORTED as for a preview. */
  tiles: (path: string, identity: FileIdentity, folder: string) => Promise<Required<Content>>
  /** Makes a copy of the picture in another kind. A file that breaks the decoder, or takes too long, is its own failure. */
  exportFile: (path: string, identity: FileIdentity, order: ExportOrder) => Promise<ExportedFile>
  /** Process ids of the workers that run now. */
  pids: () => number[]
  close: () => Promise<void>
}

interface Child {
  pid?: number
}

const failed = (id: TextId) => ({ kind: 'failed', text: { id }, again: false }) as const

const timedOut = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

/** The process ended in the midst of its work. */
const brokeDown = (error: unknown) =>
  error instanceof Error && error.message.includes('terminated Unexpectedly')

/** Another program ended it in good order, the system when it shuts down for one. */
const wasAsked = (error: unknown) => error instanceof Error && /signalCode: `SIGTERM`/.test(error.message)

/** UNSUPPORTED: nothing can be made of this original. */
export const unreadable = (cause?: unknown) =>
  new GalleryError('UNSUPPORTED', 'originalUnreadable', {}, { cause })

const refuse = (cause: unknown): never => {
  throw unreadable(cause)
}

/** Reads a file. Only what happens to the decoder because of the file is the file's failure; the rest is thrown. */
const guarded = async <T>(read: () => Promise<T>): Promise<T | ReturnType<typeof failed>> => {
  try {
    // Whatever ended the process need not have meant this file, so it gets a second chance.
    return await read().catch((error: unknown) => {
      if (!brokeDown(error)) throw error
      return read()
    })
  } catch (error) {
    if (timedOut(error)) return failed('decodeTooLong')
    if (brokeDown(error) && !wasAsked(error)) return failed('decoderBroke')
    throw new Error('The decoder does not run.', { cause: error })
  }
}

/** Milliseconds that the reading of a file may take. */
const readLimit = async (path: string) => {
  const size = await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
  return decodeTimeoutMs + (size / slowestBytesPerSecond) * 1000
}

/** Makes a decoder. Its processes start when there is work; one that breaks down is replaced. */
export const createDecoder = (workers = defaultWorkers): Decoder => {
  const pool = workerpool.pool(entryPath('decoder'), {
    workerType: 'process',
    maxWorkers: workers,
    forkOpts: {
      serialization: 'advanced',
      env: { ...childEnvironment(), ...oneArena },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  })
  const run = async <T>(method: string, args: unknown[], limit = decodeTimeoutMs): Promise<T> =>
    (await pool.exec(method, args).timeout(limit)) as T
  return {
    workers,
    read: (path, sidecars = []) =>
      guarded(async () => run<ReadResult>('read', [path, sidecars], await readLimit(path))),
    // Whatever goes wrong: the files are read whole all the same.
    firstLooks: (files) =>
      run<(ReadPhoto | null)[]>('firstLooks', [files]).catch(() => files.map(() => null)),
    metadata: (path, sidecars) =>
      run<RereadResult>('metadata', [path, sidecars]).catch((error: unknown): RereadResult => ({
        kind: 'failed',
        again: !timedOut(error) && (!brokeDown(error) || wasAsked(error)),
      })),
    taken: (path) => run<string | null>('taken', [path]).catch(() => null),
    writeSidecar: (path, entered, at) =>
      run<Written>('writeSidecar', [path, entered, at]).catch((): Written => ({ kind: 'again' })),
    digest: async (path) =>
      run<DigestResult>('digest', [path], await readLimit(path)).catch((): DigestResult => ({
        kind: 'failed',
      })),
    convert: (path, identity) =>
      run<{ type: string; bytes: Uint8Array }>('convert', [path, identity]).catch((cause: unknown) => {
        throw new GalleryError('UNSUPPORTED', 'notAtFullSize', {}, { cause })
      }),
    preview: (path, identity, size, mark) =>
      run<MadePreview>('preview', [path, identity, size, mark]).catch(refuse),
    tiles: (path, identity, folder) =>
      run<Required<Content>>('tiles', [path, identity, folder]).catch(refuse),
    exportFile: (path, identity, order) =>
      guarded(() => run<ExportedFile>('exportFile', [path, identity, order], exportTimeoutMs)),
    pids: () =>
      (pool as unknown as { workers: { worker: Child }[] }).workers.flatMap(({ worker }) => worker.pid ?? []),
    close: async () => {
      await pool.terminate(true)
    },
  }
}
