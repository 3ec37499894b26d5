import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { downloadsOf } from '../../../test/support/downloads.ts'
import { drawPhoto } from '../../../test/support/pictures/photos.ts'
import { cimaise, isInstalled, megabytes, report, sized, type BenchGallery } from '../common.ts'
import { stop } from '../window.ts'
import { startServing, watched } from './served.ts'

const count = sized(10_000, 300)
/** Bytes of each photo: a small picture, and noise behind its end. */
const photoBytes = 200 * 1024
const albums = 20
const cuts = 5

/** Photos of one name in each album, each with contents of its own. */
const makePhotos = async (folder: string) => {
  const picture = join(folder, 'picture.jpg')
  await drawPhoto(picture, { width: 240, height: 160 })
  const bytes = Buffer.alloc(photoBytes)
  readFileSync(picture).copy(bytes)
  for (let n = 0; n < count; n++) {
    const album = join(folder, 'photos', `Álbum ${n % albums}`)
    if (n < albums) mkdirSync(album, { recursive: true })
    bytes.writeUInt32LE(n, photoBytes - 4)
    writeFileSync(join(album, `写真 ${Math.floor(n / albums)}.jpg`), bytes)
  }
  return join(folder, 'photos')
}

const digestOf = async (file: string) => {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

const save = async (response: Response, file: string, start = 0) => {
  if (!response.ok || !response.body) throw new Error(`answered by ${response.status}`)
  await pipeline(
    Readable.fromWeb(response.body as never),
    createWriteStream(file, { start, flags: start ? 'r+' : 'w' }),
  )
}

/** How a reader of its own finds the file. */
const judge = (file: string) => {
  if (!isInstalled('unzip', '-v')) return 'no unzip here'
  const { status, stdout } = spawnSync('unzip', ['-tqq', file], { encoding: 'utf8', maxBuffer: 1e9 })
  return status === 0 ? 'unzip: no errors' : `unzip: ${status} ${stdout.slice(0, 200)}`
}

/** A zip file of many photos: what the server holds in memory meanwhile, and whether it goes on after cuts. */
export const benchDownload = async ({ env, folder }: BenchGallery) => {
  const photos = await makePhotos(folder)
  const { answer } = await cimaise(env, 'import', photos)
  if (answer['added'] !== count) throw new Error(`only ${String(answer['added'])} were added`)
  const { child, origin, cookie, resident } = await startServing(env, [])
  try {
    const downloads = downloadsOf(origin, cookie)
    const begin = performance.now()
    const { id, bytes } = await downloads.prepare({
      photos: { album: null, sort: 'taken', descending: false },
    })
    report(`lay out ${count} photos`, `${Math.round(performance.now() - begin)} ms`)
    const [whole, pieces] = [join(folder, 'whole.zip'), join(folder, 'pieces.zip')]
    const from = performance.now()
    const seen = await watched(resident, async () => save(await downloads.part(id), whole))
    const seconds = (performance.now() - from) / 1000
    report('sent whole', megabytes(bytes ?? 0), `${seconds.toFixed(1)} s`)
    const tenth = Math.ceil(seen.length / 10)
    const later = seen.slice(tenth)
    report(
      'memory of the server: least and most',
      `${megabytes(Math.min(...later))} to ${megabytes(Math.max(...later))}`,
      `at the beginning ${megabytes(seen[0] ?? 0)}, at the end ${megabytes(seen.at(-1) ?? 0)}`,
    )
    await saveInPieces(downloads, id, pieces)
    const same = (await digestOf(whole)) === (await digestOf(pieces))
    report(`cut ${cuts} times and gone on`, same ? 'the same bytes' : 'OTHER BYTES', judge(whole))
  } finally {
    await stop(child)
  }
}

/** As a browser does whose line breaks: what has come stays, and the rest is asked for. */
const saveInPieces = async (downloads: ReturnType<typeof downloadsOf>, id: string, file: string) => {
  const first = await downloads.part(id)
  const size = Number(first.headers.get('content-length'))
  const etag = first.headers.get('etag') ?? ''
  await first.body?.cancel()
  writeFileSync(file, '')
  let at = 0
  for (let cut = 0; cut <= cuts; cut++) {
    const leaving = new AbortController()
    const headers = { range: `bytes=${at}-`, 'if-range': etag }
    const response = await downloads.part(id, 0, { headers, signal: leaving.signal })
    if (response.status !== 206) throw new Error(`answered by ${response.status}`)
    const until = cut === cuts ? size : Math.floor(((cut + 1) * size) / (cuts + 1)) + 12_345
    const out = createWriteStream(file, { start: at, flags: 'r+' })
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      if (!out.write(bytes)) await once(out, 'drain')
      at += bytes.length
      if (at >= until && at < size) break
    }
    leaving.abort()
    await new Promise((resolve) => out.end(resolve))
  }
  truncateSync(file, at)
}
