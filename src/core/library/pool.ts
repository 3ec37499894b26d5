import workerpool from 'workerpool'
import { GalleryError } from '../../shared/errors.ts'
import { childEnvironment, entryPath } from '../entry.ts'
import type { ReadResult } from './read-photo.ts'

/** A picture that keeps a decoder busy for longer than this is given up, in milliseconds. */
const patience = 60_000

export const usualWorkers = 2

/** Decodes pictures in processes of their own. */
export interface Decoder {
  workers: number
  read: (path: string) => Promise<ReadResult>
  /** The picture at full size, in a kind that every browser shows. UNSUPPORTED where it cannot be decoded. */
  convert: (path: string) => Promise<{ type: string; bytes: Uint8Array }>
  drawSamples: (directory: string) => Promise<void>
  /** Process ids of the workers that run now. */
  pids: () => number[]
  close: () => Promise<void>
}

interface Child {
  pid?: number
}

const timedOut = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

const reasonFor = (error: unknown) =>
  timedOut(error)
    ? 'The picture takes too long to decode.'
    : 'The decoder broke down on this file: it is damaged, or made to do harm.'

/** Makes a decoder. Its processes start when there is work; one that breaks down is replaced. */
export const createDecoder = (workers = usualWorkers): Decoder => {
  const pool = workerpool.pool(entryPath('decoder'), {
    workerType: 'process',
    maxWorkers: workers,
    forkOpts: {
      serialization: 'advanced',
      env: childEnvironment(),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  })
  const run = async <T>(method: string, args: string[], limit = patience): Promise<T> =>
    (await pool.exec(method, args).timeout(limit)) as T
  return {
    workers,
    read: (path) =>
      run<ReadResult>('read', [path]).catch((error: unknown) => ({
        kind: 'failed' as const,
        reason: reasonFor(error),
        bytes: -1,
        mtime: -1,
      })),
    convert: (path) =>
      run<{ type: string; bytes: Uint8Array }>('convert', [path]).catch((cause: unknown) => {
        throw new GalleryError('UNSUPPORTED', 'This picture cannot be shown at full size.', { cause })
      }),
    drawSamples: (directory) => run('drawSamples', [directory], 10 * patience),
    pids: () =>
      (pool as unknown as { workers: { worker: Child }[] }).workers.flatMap(({ worker }) => worker.pid ?? []),
    close: async () => {
      await pool.terminate(true)
    },
  }
}
