import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isCandidate } from '../decode/file-type.ts'
import { captionIn, maxCatalogued, tagPart, tagsIn, type CataloguedPhoto } from './catalogue.ts'

/** A file that says more than this is none of Google's, in bytes. */
const maxJsonBytes = 1_000_000

/** What Google Photos writes beside each file that is taken out of it, as far as it is read. */
const Beside = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  photoTakenTime: z.object({ timestamp: z.string().regex(/^-?\d{1,11}$/) }),
  people: z.array(z.object({ name: z.string() })).optional(),
  favorited: z.boolean().optional(),
})

type Beside = z.infer<typeof Beside>

/** What stands between the name of a file and `.json`: as much of it as Google's limit on names left. */
const ending = 'supplemental-metadata'

const parse = (json: string) => {
  const { rest = '', number = '' } = /^(?<rest>.+?)(?<number>\(\d+\))?\.json$/.exec(json)?.groups ?? {}
  const dot = rest.lastIndexOf('.')
  const isEnding = dot > 0 && dot < rest.length - 1 && ending.startsWith(rest.slice(dot + 1))
  return { name: isEnding ? rest.slice(0, dot) : rest, number }
}

/**
 * The file that a JSON of Google's is beside; null where that cannot be told. `IMG_1.jpg.json`, `IMG_1.jpg.supplemental-metadata.json`,
 * cut off where that is longer than 51 characters, and `IMG_1.jpg(1).json` for `IMG_1(1).jpg`.
 */
export const fileBeside = (json: string, names: readonly string[]): string | null => {
  const { name, number } = parse(json)
  if (name === '') return null
  const dot = name.lastIndexOf('.')
  const exact = dot > 0 ? `${name.slice(0, dot)}${number}${name.slice(dot)}` : `${name}${number}`
  if (names.includes(exact)) return exact
  // A long name is cut off itself: it is meant where one file alone begins so.
  const begin = names.filter((one) => one.startsWith(name) && isCandidate(one))
  return number === '' && begin.length === 1 ? (begin[0] ?? null) : null
}

const readBeside = async (path: string): Promise<Beside | null> => {
  const stats = await lstat(path)
  if (!stats.isFile() || stats.size > maxJsonBytes) return null
  try {
    return Beside.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch {
    return null
  }
}

/** Google counts from 1970 in UTC, and keeps no zone: the one of this computer at that time is as good as any. */
const takenOf = ({ photoTakenTime: { timestamp } }: Beside) => {
  const date = new Date(Number(timestamp) * 1000)
  const minutes = -date.getTimezoneOffset()
  const wall = new Date(date.getTime() + minutes * 60_000)
  if (Number.isNaN(wall.getTime())) return {}
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  const zone = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
  return { taken: `${wall.toISOString().slice(0, 19)}${zone}` }
}

const photoOf = (path: string, beside: Beside): CataloguedPhoto => ({
  path,
  ...captionIn(beside.description),
  ...(beside.favorited ? { flag: 'pick' } : {}),
  ...takenOf(beside),
  tags: tagsIn((beside.people ?? []).map(({ name }) => tagPart(name))),
  collections: [],
})

/** What lies in an unpacked Google Takeout beside its photos. Links are not followed. */
export const readTakeout = async (folder: string, signal: AbortSignal): Promise<CataloguedPhoto[]> => {
  const photos: CataloguedPhoto[] = []
  const waiting = [folder]
  for (let at = waiting.pop(); at !== undefined && photos.length < maxCatalogued; at = waiting.pop()) {
    signal.throwIfAborted()
    const entries = await readdir(at, { withFileTypes: true }).catch(() => [])
    waiting.push(...entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(at, name)))
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name)
    for (const json of names.filter((name) => name.endsWith('.json'))) {
      const name = fileBeside(json, names)
      const beside = name === null ? null : await readBeside(join(at, json))
      if (name !== null && beside) photos.push(photoOf(join(at, name), beside))
    }
  }
  return photos
}
