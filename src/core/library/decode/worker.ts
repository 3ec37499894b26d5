/** A decoder process: it reads files and decodes pictures for pool.ts, so that a hostile file costs one process only. */
import workerpool from 'workerpool'
import { exportFile } from './export-picture.ts'
import { firstLooks } from './first-look.ts'
import { previewFile } from './preview.ts'
import { readTaken } from './read-taken.ts'
import { rereadMetadata } from './reread.ts'
import { writeSidecar } from '../sidecars-out/write-sidecar.ts'
import { convertFile, readDigest, readPhoto } from './read-photo.ts'
import { tileFile } from './tiles.ts'

// A parent that was killed closes the channel: without it there is nothing to work for.
process.on('disconnect', () => process.exit())
// It may be gone before it was told that this process is ready.
process.on('error', () => process.exit())

// Ctrl-C in a terminal reaches every process of ours. The parent says when to stop: a decoder that ended here by itself
// would look as if its file had broken it.
for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined)

workerpool.worker({
  read: readPhoto,
  firstLooks,
  metadata: rereadMetadata,
  writeSidecar,
  taken: readTaken,
  digest: readDigest,
  convert: convertFile,
  preview: previewFile,
  tiles: tileFile,
  exportFile,
})
