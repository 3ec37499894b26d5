import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, readdirSync, statSync, writeFileSync, mkdirSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { uploadChunkBytes } from '../../../src/shared/domain/uploads.ts'
import { videoBytes } from '../../../test/support/pictures/videos.ts'
import { beginUpload, offsetOf, outcomeOf, sendAndBreak, sendPart } from '../../../test/support/uploads.ts'
import { megabytes, report, sized, type BenchGallery } from '../common.ts'
import { stop } from '../window.ts'
import { startServing, watched } from './served.ts'

const size = sized(2 * 1024 ** 3, 40 * 1024 ** 2)
const cuts = 10

/** A film, and noise behind its end. */
const makeFilm = (file: string) => {
  writeFileSync(file, videoBytes())
  for (let left = size - statSync(file).size; left > 0; left -= uploadChunkBytes)
    appendFileSync(file, randomBytes(Math.min(left, uploadChunkBytes)))
}

const digestOf = async (file: string) => {
  const hash = createHash('sha256')
  const handle = await open(file)
  for await (const bytes of handle.createReadStream()) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

type Sending = Parameters<typeof sendPart>[0]

/** Sends a film in parts; after every so many bytes the line breaks in the midst of one. */
const sendCut = async (sending: Sending, location: string, film: FileHandle) => {
  let [at, cut] = [0, 0]
  const part = Buffer.alloc(uploadChunkBytes)
  while (at < size) {
    const { bytesRead } = await film.read(part, 0, uploadChunkBytes, at)
    const bytes = part.subarray(0, bytesRead)
    const breaksAt = ((cut + 0.5) * size) / cuts
    if (cut < cuts && at + bytesRead > breaksAt) {
      const promised = bytesRead
      await sendAndBreak(sending, { location, offset: at, bytes: bytes.subarray(0, bytesRead / 2), promised })
      cut++
      at = await offsetOf(sending, location)
      continue
    }
    const response = await sendPart(sending, location, at, bytes)
    if (!response.ok) {
      at = await offsetOf(sending, location)
      continue
    }
    at += bytesRead
  }
  return cut
}

/** What became of a file that was sent whole, as soon as the server knows. */
const settled = async (sending: Sending, location: string): Promise<string> => {
  for (;;) {
    const { status, state } = await outcomeOf(sending, location)
    if (status === 200) return state ?? ''
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A film of 2 GB over a line that breaks ten times. */
export const benchUpload = async ({ gallery, env, folder }: BenchGallery) => {
  const file = join(folder, 'film.webm')
  makeFilm(file)
  const root = join(folder, 'uploads')
  mkdirSync(root)
  const { child, origin, cookie, resident } = await startServing(env, ['--uploads', root])
  const film = await open(file)
  try {
    const { id: album } = await createAlbum(await gallery.self(), { title: 'Wedding' })
    const sending = { server: { origin }, cookie }
    const begun = await beginUpload(sending, { album, name: 'film.webm', size })
    const location = begun.headers.get('location') ?? ''
    const begin = performance.now()
    let [done, state] = [0, '']
    const seen = await watched(resident, async () => {
      done = await sendCut(sending, location, film)
      report(
        `${megabytes(size)} sent, cut ${done} times`,
        `${((performance.now() - begin) / 1000).toFixed(1)} s`,
      )
      state = await settled(sending, location)
    })
    report('checked, landed and told', `${((performance.now() - begin) / 1000).toFixed(1)} s`, state)
    const [landed, ...more] = filesIn(root)
    const isSame = landed !== undefined && (await digestOf(landed)) === (await digestOf(file))
    report('what landed', isSame && more.length === 0 ? 'the same bytes' : 'OTHER BYTES')
    report(
      'memory of the server: least and most',
      `${megabytes(Math.min(...seen))} to ${megabytes(Math.max(...seen))}`,
    )
  } finally {
    await film.close()
    await stop(child)
  }
}
