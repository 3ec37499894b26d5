import { pageSize } from '../page-size.ts'

/** The aspects of the photos of a page, the same list each time; undefined where it is not loaded. */
export type PageAspects = (page: number) => readonly number[] | undefined

/** What is taken for the aspect of photos that are not loaded: that of most cameras. */
export const usualAspect = 1.5

/** Stretches that are not loaded, by how many photos they have: the same each time, so that their rows are known. */
const unloaded = new Map<number, readonly number[]>()

const unloadedOf = (count: number) => {
  const before = unloaded.get(count) ?? new Array<number>(count).fill(usualAspect)
  unloaded.set(count, before)
  return before
}

interface Part {
  next: readonly number[]
  list: readonly number[]
}

/** Parts of pages, by the page that each begins in and by its ends: the same lists as long as the pages are the same. */
const parts = new WeakMap<readonly number[], Map<string, Part>>()

const partOf = (page: readonly number[], next: readonly number[], from: number, count: number) => {
  const known = parts.get(page) ?? new Map<string, Part>()
  parts.set(page, known)
  const key = `${from} ${count}`
  const before = known.get(key)
  if (before?.next === next) return before.list
  const list = [...page, ...next].slice(from, from + count)
  known.set(key, { next, list })
  return list
}

const none: readonly number[] = []

/**
 * The aspects of at most a page of photos from an index on, which may be of two pages; the usual ones where not all of them are
 * loaded. The same list each time.
 */
export const loadedAspects = (aspects: PageAspects, total: number, begin: number, count: number) => {
  const number = Math.floor(begin / pageSize)
  const from = begin - number * pageSize
  const loaded = (page: number) => {
    const found = aspects(page)
    return found?.length === Math.min(pageSize, total - page * pageSize) ? found : undefined
  }
  const page = loaded(number)
  if (from === 0 && page?.length === count) return page
  const next = from + count > pageSize ? loaded(number + 1) : none
  return page && next ? partOf(page, next, from, count) : unloadedOf(count)
}
