/** A decoder process: it reads files and decodes pictures for pool.ts, so that a hostile file costs one process only. */
import workerpool from 'workerpool'
import { convertPicture } from './picture.ts'
import { readPhoto } from './read-photo.ts'
import { drawSamples } from './samples.ts'
import { sharp } from './sharp.ts'

// A parent that was killed closes the channel: without it there is nobody to work for.
process.on('disconnect', () => process.exit())

workerpool.worker({
  read: readPhoto,
  convert: convertPicture,
  drawSamples: (directory: string) =>
    drawSamples(directory, (input, options) =>
      Buffer.isBuffer(input) ? sharp(input, options) : sharp(input),
    ),
})
