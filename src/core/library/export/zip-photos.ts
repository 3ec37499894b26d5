import { basename } from 'node:path'
import { makeZip } from 'client-zip'
import { nameAs } from '../../../shared/domain/export-formats.ts'
import { givesAsItIs } from '../../../shared/domain/visitor-switches.ts'
import { GalleryError, hasCode } from '../../../shared/errors.ts'
import { numbered, safeName } from '../../../shared/domain/naming-pattern.ts'
import { parseRef } from '../../../shared/domain/refs.ts'
import type { ExportInput } from '../../../shared/schemas/export.ts'
import { listAlbums } from '../../albums/albums.ts'
import { switchesOf } from '../../access/visitors.ts'
import { isStranger, type Session } from '../../gallery/session.ts'
import type { Original, Originals } from '../../photos/originals.ts'
import { fromRedis } from '../../redis/errors.ts'
import { refsOf } from './export-photos.ts'
import { sizeGiven, type VisitorCopies } from './visitor-copy.ts'

/** Who takes photos home, and from where. */
export interface ZipParts {
  session: Session
  originals: Originals
  copies: VisitorCopies
  /** Name and words of the text that tells how many photos are not in the file. */
  tellLeftOut: (count: number) => { name: string; text: string }
}

interface ZipEntry {
  name: string
  lastModified?: Date
  input: AsyncIterable<Uint8Array> | Uint8Array | string
}

/** The oldest and the newest year that a zip file can say (APPNOTE.TXT, 4.4.6). */
const zipYears = { first: 1980, last: 2107 }

const zipDate = (ms: number) => {
  const date = new Date(ms)
  const year = date.getFullYear()
  return year < zipYears.first || year > zipYears.last ? {} : { lastModified: date }
}

/** Visitors are not told when a file was changed on the disk. */
const dateFor = (session: Session, { identity }: Original) =>
  isStranger(session) ? {} : zipDate(identity.mtimeMs)

/** Names within one zip file, none of which any system takes for another. */
class Names {
  readonly #taken = new Set<string>()

  take(wanted: string): string {
    for (let n = 1; ; n++) {
      const name = numbered(wanted, n)
      const folded = name.normalize('NFC').toLowerCase()
      if (this.#taken.has(folded)) continue
      this.#taken.add(folded)
      return name
    }
  }
}

/** The folder of each album, where photos come from several: titles make branches, and so do folders. */
const foldersOf = async (session: Session, refs: string[]) => {
  const albums = new Set(refs.map((ref) => parseRef(ref).album))
  if (albums.size < 2) return null
  const titles = new Map((await listAlbums(session)).map(({ id, title }) => [id, title]))
  const names = new Names()
  return new Map(
    [...albums].map((id) => [
      id,
      names.take((titles.get(id) ?? '').split('/').map(safeName).filter(Boolean).join('/') || id),
    ]),
  )
}

/** The original of a photo; null where this host has none to show, or the caller may not see it. */
const openOne = async ({ session, originals }: ZipParts, album: string, photo: string) => {
  try {
    return await originals.open(session, album, photo)
  } catch (thrown) {
    const error = fromRedis(thrown)
    if (hasCode(error, 'NOT_FOUND') || hasCode(error, 'FORBIDDEN')) return null
    throw error
  }
}

interface OneOf {
  input: AsyncIterable<Uint8Array> | Uint8Array
  name: string
}

/**
 * What of a photo goes into the file: its original, as it is; for a visitor what their switches give, which is looked up for each photo, so
 * that a change holds in the midst of a file. Null where that is nothing.
 */
const contentOf = async (
  { session, copies }: ZipParts,
  original: Original,
  { album, photo }: { album: string; photo: string },
): Promise<OneOf | null> => {
  const name = basename(original.path)
  const whole = () => ({
    name,
    input: original.file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>,
  })
  if (!isStranger(session)) return whole()
  try {
    const given = await switchesOf(session, album)
    if (givesAsItIs(given)) return whole()
    if (given.download === 'none') return null
    const asked = { album, photo, size: sizeGiven(given) }
    return { name: nameAs(name, 'jpeg'), input: await copies.make(session, original, asked) }
  } catch (thrown) {
    if (fromRedis(thrown) instanceof GalleryError) return null
    throw thrown
  }
}

async function* entriesOf(parts: ZipParts, refs: string[], signal: AbortSignal): AsyncGenerator<ZipEntry> {
  const folders = await foldersOf(parts.session, refs)
  const names = new Names()
  let leftOut = 0
  for (const ref of refs) {
    signal.throwIfAborted()
    const { album, id } = parseRef(ref)
    const original = await openOne(parts, album, id)
    if (!original) {
      leftOut++
      continue
    }
    try {
      const content = await contentOf(parts, original, { album, photo: id })
      if (!content) {
        leftOut++
        continue
      }
      const folder = folders?.get(album)
      const name = names.take(`${folder === undefined ? '' : `${folder}/`}${safeName(content.name) || id}`)
      yield { name, ...dateFor(parts.session, original), input: content.input }
    } finally {
      await original.file.close()
    }
  }
  if (leftOut === 0) return
  const { name, text } = parts.tellLeftOut(leftOut)
  yield { name: names.take(name), input: text }
}

/** client-zip throws into what it reads from when nobody reads on: that is its end, and no failure. */
const untilLetGo = (entries: AsyncGenerator<ZipEntry>): AsyncIterable<ZipEntry> => ({
  [Symbol.asyncIterator]: () => ({ next: () => entries.next(), throw: () => entries.return(undefined) }),
})

/**
 * Originals as one zip file, which is made while it is sent, one photo in memory at a time in parts: bytes as they are, since pictures
 * are compressed already, in a folder an album where they come from several. A photo whose original this host has not, or that the
 * caller cannot read, is left out, and a text at the end says how many are.
 *
 * @param photos `album/photo` each, or all of a view in its order
 * @throws NOT_FOUND, FORBIDDEN or UNAVAILABLE where the view cannot be read
 */
export const zipPhotos = async (
  parts: ZipParts,
  photos: ExportInput['photos'],
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> => {
  const refs = await refsOf(parts.session, photos).catch((error: unknown) => {
    throw fromRedis(error)
  })
  return makeZip(untilLetGo(entriesOf(parts, refs, signal)))
}
