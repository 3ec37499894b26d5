import { writeFileSync } from 'node:fs'
import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  Conversion,
  Input,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import { asCameraJpeg, noisyJpeg } from './camera-jpeg.ts'
import { videoBytes } from './videos.ts'

/** Maker notes as Apple's devices write them, with nothing in them but this. */
const appleNotes = (uuid: string): Buffer => {
  const head = Buffer.from('Apple iOS\0\0\x01MM', 'latin1')
  const directory = Buffer.alloc(2 + 12 + 4)
  directory.writeUInt16BE(1, 0)
  directory.writeUInt16BE(0x0011, 2)
  directory.writeUInt16BE(2, 4)
  directory.writeUInt32BE(uuid.length + 1, 6)
  directory.writeUInt32BE(head.length + directory.length, 10)
  return Buffer.concat([head, directory, Buffer.from(`${uuid}\0`, 'latin1')])
}

/** The picture of a live photo. `taken`: as EXIF says it. */
export const drawLivePicture = async (file: string, uuid: string, taken: string): Promise<void> => {
  const jpeg = await asCameraJpeg(await noisyJpeg(300, 200), { taken, notes: appleNotes(uuid) })
  writeFileSync(file, jpeg)
}

/** The film of a live photo, of three seconds, made on 2024-05-06 at 07:08:09 UTC. */
export const drawLiveFilm = async (file: string, uuid: string): Promise<void> => {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(videoBytes()) })
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ metadataFormat: 'mdta' }), target })
  const tags = { raw: { 'com.apple.quicktime.content.identifier': uuid } }
  const conversion = await Conversion.init({ input, output, tags })
  await conversion.execute()
  writeFileSync(file, Buffer.from(target.buffer ?? new ArrayBuffer(0)))
}
