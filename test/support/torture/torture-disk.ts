import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Random numbers that come again from the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)]
  return { next, below, pick }
}

export type Random = ReturnType<typeof randomFrom>

/** What a file holds, as short as a log wants it. */
export const contentOf = (file: string) =>
  createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)

const entriesOf = (folder: string) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])

export const filesBelow = (folder: string): string[] =>
  entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : /\.jpg$/i.test(entry.name) ? [path] : []
  })

export const foldersBelow = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(folder, name), ...foldersBelow(join(folder, name))])

/** Every file below some folders, and what it holds. */
export const onDisk = (roots: string[]): Map<string, string> =>
  new Map(roots.flatMap(filesBelow).map((path) => [path, contentOf(path)]))

/** A path whose name differs in its case alone. */
export const otherCase = (path: string): string => {
  const name = basename(path)
  const changed = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()
  return join(dirname(path), changed)
}
