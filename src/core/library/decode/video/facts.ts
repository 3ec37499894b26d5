import { readAvi } from './avi.ts'
import { creationOf } from './creation.ts'

/** What a video's file tells of it. Nothing of it is trusted: what does not look right counts as absent. */
export interface VideoFacts {
  /** Pixels, the right way up; 0 where it does not say. */
  width: number
  height: number
  /** Duration; null where it does not say. */
  seconds: number | null
  /** The codecs of the first picture and sound, as MIME types name them (RFC 6381): `avc1.64001e, mp4a.40.2`. */
  codecs: string | null
  /** When it was made, in UTC by its container, in milliseconds since 1970. */
  created: number | null
  /** Texts and boxes by the names that they have in the file. */
  tags: ReadonlyMap<string, string | Uint8Array>
}

/** An open file, and how large it is. */
export interface VideoFile {
  file: number
  /** Bytes. */
  size: number
  /** By its first bytes. */
  type: string
}

/** Of each side, what any format can say at most, in pixels. */
const maxSide = 65_535
/** A year: what claims to last longer says nothing. */
const maxSeconds = 366 * 24 * 60 * 60

/** Its package takes a fifth of the time in which a decoder starts, and most decoders see no video. */
const readContainer = async (video: VideoFile) => (await import('./container.ts')).readContainer(video)

const within = (value: number, most: number) => Number.isFinite(value) && value > 0 && value <= most

/** Reads the index of a video, not its pictures: a few reads of any size of file. Throws where there is no index to be read. */
export const readFacts = async (video: VideoFile): Promise<VideoFacts> => {
  const found = video.type === 'video/x-msvideo' ? readAvi(video) : await readContainer(video)
  const sized = within(found.width, maxSide) && within(found.height, maxSide)
  return {
    ...found,
    width: sized ? Math.round(found.width) : 0,
    height: sized ? Math.round(found.height) : 0,
    seconds: found.seconds !== null && within(found.seconds, maxSeconds) ? found.seconds : null,
    created: creationOf(video),
  }
}
