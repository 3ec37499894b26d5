import { text } from 'node:stream/consumers'
import { newOperationId } from '../shared/domain/random-ids.ts'
import { inCalls } from '../shared/domain/changes.ts'
import type { Change } from '../shared/schemas/change.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Client } from './client.ts'
import { count, printable } from './output.ts'

/** Photos changed in one call, so that Redis answers others in between. */
const photosPerCall = 500
/** Photos looked for at once, which is what the contract allows. */
const maxLookedFor = 20_000

/** Where a photo is that the command names. */
export interface Named {
  photo: string
  album: string
  trashed: boolean
}

/** What a command did. `skipped`: photos that another session moved or removed meanwhile, or that are elsewhere. */
export interface Result {
  changed: number
  skipped: number
}

/** Photo ids from the command line, and from standard input where one is `-`; `album/photo` is as good. */
const readIds = async (given: string[]): Promise<string[]> => {
  const lines = given.includes('-') ? (await text(process.stdin)).split(/\r?\n/) : []
  const ids = [...given.filter((id) => id !== '-'), ...lines].map((id) => id.trim()).filter(Boolean)
  return [...new Set(ids.map((id) => id.slice(id.lastIndexOf('/') + 1)))]
}

/** Finds the photos that a command names. Those that are nowhere are named on standard error: `unknown` of them. */
export const findPhotos = async (
  client: Client,
  given: string[],
): Promise<{ photos: Named[]; unknown: number }> => {
  const ids = await readIds(given)
  if (ids.length === 0) throw new GalleryError('INVALID', 'noPhotoNamed')
  const wanted = ids.filter((id) => /^[0-9A-Za-z]{10}$/.test(id))
  const photos: Named[] = []
  for (let start = 0; start < wanted.length; start += maxLookedFor)
    photos.push(...(await client.photos.locate({ photos: wanted.slice(start, start + maxLookedFor) })))
  const found = new Set(photos.map(({ photo }) => photo))
  const unknown = ids.filter((id) => !found.has(id))
  for (const id of unknown) console.error(`There is no photo ${printable(id)} that you may see.`)
  return { photos, unknown: unknown.length }
}

/** Photos as changes, one for each album that they are in. */
export const perAlbum = (photos: Named[], toChange: (album: string, photos: string[]) => Change): Change[] =>
  [...Map.groupBy(photos, ({ album }) => album)].map(([album, own]) =>
    toChange(
      album,
      own.map(({ photo }) => photo),
    ),
  )

/** Makes changes of any size as one act. */
export const act = async (client: Client, changes: Change[]): Promise<Result & { album: string | null }> => {
  const id = newOperationId()
  const all = { changed: 0, skipped: 0, album: null as string | null }
  const calls = inCalls(changes, photosPerCall)
  for (const [n, call] of calls.entries()) {
    const done = await client.changes.apply({ act: id, changes: call })
    all.changed += done.changed
    all.skipped += done.skipped
    all.album = done.album ?? all.album
    if (process.stderr.isTTY && calls.length > 2)
      process.stderr.write(`\r${count(all.changed, 'photo')} done${n + 1 === calls.length ? '\n' : ''}`)
  }
  return all
}

/** The act in words: `3 photos moved.` */
export const resultWords =
  (verb: string) =>
  ({ changed, skipped }: Result): string[] => [
    changed === 0 && skipped === 0 ? 'Nothing to change.' : `${count(changed, 'photo')} ${verb}.`,
    ...(skipped > 0
      ? [`${count(skipped, 'photo')} left out: moved or removed by somebody else meanwhile.`]
      : []),
  ]
