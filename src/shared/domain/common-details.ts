import type { SharedDetails } from '../schemas/photo.ts'

const mixable = ['title', 'caption', 'rating', 'flag', 'label', 'status', 'camera', 'lens'] as const

const none: SharedDetails = {
  photos: 0,
  mixed: [],
  title: '',
  caption: '',
  rating: 0,
  flag: null,
  label: null,
  status: null,
  camera: null,
  lens: null,
  first: null,
  last: null,
  undated: 0,
  bytes: 0,
  albums: [],
  tags: [],
}

const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)

/** Adds up counts by name, in the order in which the names come. */
const countsOf = (counts: (readonly [name: string, count: number])[]) => {
  const totals = new Map<string, number>()
  for (const [name, count] of counts) totals.set(name, (totals.get(name) ?? 0) + count)
  return [...totals]
}

/** What all have in common that each of some parts has. Times are compared by the clocks that they tell, where they were taken. */
export const inCommon = (parts: readonly SharedDetails[]): SharedDetails => {
  const there = parts.filter(({ photos }) => photos > 0)
  const [one] = there
  if (!one) return none
  const mixed = mixable.filter((field) =>
    there.some((part) => part.mixed.includes(field) || part[field] !== one[field]),
  )
  const times = there.flatMap(({ first, last }) => (first !== null && last !== null ? [first, last] : []))
  times.sort()
  return {
    ...one,
    ...Object.fromEntries(mixed.map((field) => [field, none[field]])),
    photos: sum(there.map(({ photos }) => photos)),
    mixed,
    first: times[0] ?? null,
    last: times.at(-1) ?? null,
    undated: sum(there.map(({ undated }) => undated)),
    bytes: sum(there.map(({ bytes }) => bytes)),
    albums: countsOf(
      there.flatMap(({ albums }) => albums.map(({ album, photos }) => [album, photos] as const)),
    ).map(([album, photos]) => ({ album, photos })),
    tags: countsOf(there.flatMap(({ tags }) => tags.map(({ tag, photos }) => [tag, photos] as const))).map(
      ([tag, photos]) => ({ tag, photos }),
    ),
  }
}
