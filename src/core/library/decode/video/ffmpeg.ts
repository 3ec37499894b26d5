import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { childEnvironment } from '../../../gallery/app-paths.ts'

/** A frame that takes longer than this is given up, in milliseconds: three of them fit into a decoder's time. */
const frameTimeoutMs = 15_000
/** Memory that ffmpeg may map, where the system can hold it to that: frames of 8K with their references, in bytes. */
const maxMemoryBytes = 3 * 1024 ** 3
/** The largest piece of memory that it may ask for at once, in bytes. */
const maxPieceBytes = 512 * 1024 ** 2
/** A picture of this many pixels or fewer is decoded. */
const maxPixels = 16_384 * 16_384
/** A frame that comes out larger than this is none that was asked for, in bytes. */
const maxFrameBytes = 64 * 1024 ** 2

const found = (name: string, path = process.env['PATH'] ?? ''): string | null => {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  const folders = path.split(delimiter).filter(Boolean)
  return folders.map((folder) => join(folder, file)).find((program) => existsSync(program)) ?? null
}

/** Where ffmpeg is installed on this computer; null where it is not. */
export const findFfmpeg = (path?: string): string | null => found('ffmpeg', path)

/** The one demuxer that may read a file: none of them opens another file, as playlists and concatenations do. */
const demuxers: Partial<Record<string, string>> = {
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/3gpp': 'mov',
  'video/webm': 'matroska',
  'video/x-matroska': 'matroska',
  'video/x-msvideo': 'avi',
  'video/mp2t': 'mpegts',
}

interface FrameRequest {
  /** The file, open; by its path only where the system has no name for what is open. */
  file: number
  path: string
  type: string
  /** Seconds from its start. */
  at: number
  /** Longest side of the picture, in pixels. */
  side: number
}

const argumentsFor = ({ path, at, side }: FrameRequest, demuxer: string) => [
  ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-max_alloc', String(maxPieceBytes)],
  ...['-protocol_whitelist', 'file', '-f', demuxer, '-threads', '1', '-max_pixels', String(maxPixels)],
  ...['-ss', String(at), '-an', '-sn', '-dn'],
  ...['-i', `file:${process.platform === 'win32' ? path : '/dev/fd/3'}`, '-map', '0:V:0', '-threads', '1'],
  // Pixels that are not square are made so; the most typical of a second's frames is seldom one that fades in.
  ...[
    '-vf',
    `thumbnail=24,scale=iw*sar:ih,scale=${side}:${side}:force_original_aspect_ratio=decrease,setsar=1`,
  ],
  ...['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1'],
]

/** A frame of a video as a PNG, the right way up; null where ffmpeg is not there, or could not make one. */
export const frameOf = (request: FrameRequest): Promise<Buffer | null> => {
  const ffmpeg = findFfmpeg()
  const demuxer = demuxers[request.type]
  if (!ffmpeg || !demuxer) return Promise.resolve(null)
  const limiter = process.platform === 'linux' ? found('prlimit') : null
  const args = argumentsFor(request, demuxer)
  const [program, all] = limiter
    ? [limiter, [`--as=${maxMemoryBytes}`, '--core=0', '--', ffmpeg, ...args]]
    : [ffmpeg, args]
  return new Promise((resolve) => {
    const child = spawn(program, all, {
      stdio: ['ignore', 'pipe', 'ignore', request.file],
      env: childEnvironment(),
      timeout: frameTimeoutMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    })
    const parts: Buffer[] = []
    let size = 0
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length
      if (size > maxFrameBytes) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.once('error', () => resolve(null))
    child.once('close', (code) => resolve(code === 0 && size > 0 ? Buffer.concat(parts) : null))
  })
}
