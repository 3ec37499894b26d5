import {
  CustomSource,
  Input,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  QTFF,
  WEBM,
  type InputTrack,
} from 'mediabunny'
import { bytesOf } from './file-bytes.ts'
import type { VideoFacts, VideoFile } from './facts.ts'

Logging.level = LogLevel.Silent // what it has to say of a file goes into no log of ours

/** No playlists among them: a file tells of itself alone. */
const formats = [MP4, QTFF, MATROSKA, WEBM, MPEG_TS]
/** What of a file is kept in memory while its index is read, in bytes. */
const maxCacheBytes = 8 * 1024 ** 2
/** The index of some days of film is smaller; what asks for more at once does not get it, in bytes. */
const maxReadBytes = 256 * 1024 ** 2
/** Tags that a camera writes are few; and each is short, but for pictures, which are left out. */
const maxTags = 200
const maxTagBytes = 1024

const tagsOf = (raw: Record<string, unknown>): VideoFacts['tags'] => {
  const tags = new Map<string, string | Uint8Array>()
  for (const [name, value] of Object.entries(raw).slice(0, maxTags))
    if ((typeof value === 'string' || value instanceof Uint8Array) && value.length <= maxTagBytes)
      tags.set(name, value)
  return tags
}

const read = (file: number) => (from: number, to: number) => {
  if (to - from > maxReadBytes) throw new Error('The index of this video is larger than any that is one.')
  return bytesOf(file, from, to)
}

/** By the name in RFC 6381; a codec without one by the name that the file gives it. */
const codecOf = async (track: InputTrack | null): Promise<string | null> => {
  const own = await track?.getInternalCodecId()
  return (await track?.getCodecParameterString()) ?? (typeof own === 'string' ? own : null)
}

/** Reads the index of an MP4, QuickTime, Matroska, WebM or transport stream file. Throws where it has no picture. */
export const readContainer = async ({ file, size }: VideoFile): Promise<Omit<VideoFacts, 'created'>> => {
  const source = new CustomSource({ getSize: () => size, read: read(file), maxCacheSize: maxCacheBytes })
  const input = new Input({ formats, source })
  try {
    const picture = await input.getPrimaryVideoTrack()
    if (!picture) throw new Error('There is no picture in it.')
    const sound = await input.getPrimaryAudioTrack()
    const codecs = await Promise.all([picture, sound].map(codecOf))
    // Transport streams count from any moment, often that at which the camera was switched on.
    const first = await input.getFirstTimestamp()
    const end = (await input.getDurationFromMetadata()) ?? (await input.computeDuration())
    const { raw = {} } = await input.getMetadataTags()
    return {
      width: await picture.getDisplayWidth(),
      height: await picture.getDisplayHeight(),
      seconds: end - Math.max(0, first),
      codecs: codecs.filter(Boolean).join(', ') || null,
      tags: tagsOf(raw),
    }
  } finally {
    input.dispose()
  }
}
