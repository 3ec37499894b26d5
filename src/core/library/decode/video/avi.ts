import { bytesOf } from './file-bytes.ts'
import type { VideoFacts, VideoFile } from './facts.ts'

/** The headers of an AVI stand at its start; cameras leave far less room for them, in bytes. */
const headBytes = 256 * 1024

const text = (bytes: Buffer, at: number) => bytes.toString('latin1', at, at + 4)

/** Each chunk that lies in lists of headers: its name, and where its content begins and ends. Flat, as none has two depths. */
function* chunks(head: Buffer): Generator<{ name: string; from: number; to: number }> {
  let at = 12
  while (at + 8 <= head.length) {
    const name = text(head, at)
    const length = head.readUInt32LE(at + 4)
    const from = at + 8
    if (name === 'LIST' && text(head, from) === 'movi') return
    yield { name, from, to: Math.min(head.length, from + length) }
    at = name === 'LIST' ? from + 4 : from + length + (length % 2)
  }
}

/**
 * Reads the headers of an AVI (AVI RIFF File Reference, Microsoft): `avih` for size and duration, `strh` for the codec,
 * `IDIT` for the date by the camera's clock. Throws where there are none.
 */
export const readAvi = ({ file, size }: VideoFile): Omit<VideoFacts, 'created'> => {
  const head = bytesOf(file, 0, Math.min(size, headBytes))
  const tags = new Map<string, string>()
  let main: { width: number; height: number; seconds: number } | null = null
  let codec: string | null = null
  for (const { name, from, to } of chunks(head)) {
    if (name === 'avih' && to - from >= 40)
      main = {
        seconds: (head.readUInt32LE(from) * head.readUInt32LE(from + 16)) / 1e6,
        width: head.readUInt32LE(from + 32),
        height: head.readUInt32LE(from + 36),
      }
    if (name === 'strh' && to - from >= 8 && text(head, from) === 'vids')
      codec ??= text(head, from + 4).replace(/[^\w-]/g, '') || null
    if (name === 'IDIT') tags.set(name, head.toString('latin1', from, Math.min(to, from + 64)))
  }
  if (!main) throw new Error('There is no header in it.')
  return { ...main, codecs: codec, tags }
}
