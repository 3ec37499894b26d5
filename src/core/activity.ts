import type { Happening } from '../shared/schemas.ts'
import { bookStreams, readableAlbums } from './reach.ts'
import { onRedis, results } from './redis/errors.ts'
import type { Session } from './session.ts'

type Entry = [id: string, fields: string[]]

interface Event {
  id: string
  /** Milliseconds since 1970. */
  at: number
  album: string
  fields: Partial<Record<string, string>>
}

/** Events without an act of a person, as of an import, are one line while they follow within this time, in milliseconds. */
const together = 10 * 60_000

const toEvent = ([id, flat]: Entry, album: string | null): Event => {
  const fields: Partial<Record<string, string>> = {}
  for (let i = 0; i < flat.length; i += 2) fields[flat[i] ?? ''] = flat[i + 1] ?? ''
  return { id, at: Number(id.split('-')[0]), album: album ?? fields['album'] ?? '', fields }
}

const photosOf = ({ fields }: Event) => (fields['photos'] ?? '').split(',').filter(Boolean).length

/** What events of one line have in common: the act of a person or, without one, what happened to which album by whom. */
const lineOf = ({ fields, album }: Event) =>
  fields['change'] ?? JSON.stringify([fields['what'], fields['by'], album])

/** Events, the newest first, as lines: those of one act together, wherever among the others they stand. */
const toLines = (events: Event[]): Event[][] => {
  const lines: Event[][] = []
  const open = new Map<string, Event[]>()
  for (const event of events) {
    const line = open.get(lineOf(event))
    const last = line?.at(-1)
    if (line && last && (event.fields['change'] || last.at - event.at < together)) line.push(event)
    else {
      const begun = [event]
      lines.push(begun)
      open.set(lineOf(event), begun)
    }
  }
  return lines
}

/** The one value that all have; null where they differ or have none. */
const common = (events: Event[], name: string) => {
  const values = new Set(events.map(({ fields }) => fields[name] ?? ''))
  return values.size === 1 ? [...values][0] || null : null
}

const toHappening = (line: Event[]): Happening => {
  const sides = (what: string) => line.filter(({ fields }) => fields['what'] === what)
  const [arrived, left] = [sides('arrived'), sides('left')]
  // An act of several kinds, as a move that is taken back with its order, is told by the kind that came last.
  const shown = arrived.length > 0 ? arrived : sides(line[0]?.fields['what'] ?? '')
  const [first] = shown
  const sources = new Set(left.map(({ album }) => album))
  return {
    id: first?.id ?? '',
    at: new Date(first?.at ?? 0).toISOString(),
    by: first?.fields['by'] ?? '',
    what: first?.fields['what'] ?? '',
    album: first?.album ?? '',
    fromAlbum: arrived.length > 0 && sources.size === 1 ? ([...sources][0] ?? null) : null,
    photos: shown.reduce((sum, event) => sum + photosOf(event), 0),
    field: common(shown, 'field'),
    from: common(shown, 'from'),
    to: common(shown, 'to'),
  }
}

/** What happened last in an album, or in all that the caller may read, the newest first. */
export const listActivity = (session: Session, album: string | null, limit: number): Promise<Happening[]> =>
  onRedis(async () => {
    const { redis, keys } = session
    const [albums, books] = await Promise.all([readableAlbums(session), bookStreams(session)])
    const asked = redis.pipeline()
    for (const id of albums) asked.xrevrange(keys.albumEvents(id), '+', '-', 'COUNT', limit)
    for (const stream of books) asked.xrevrange(stream, '+', '-', 'COUNT', limit)
    const events = results<Entry[]>(await asked.exec())
      .flatMap((entries, i) => entries.map((entry) => toEvent(entry, albums[i] ?? null)))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    const about = (line: Event[]) => album === null || line.some((event) => event.album === album)
    return toLines(events).filter(about).slice(0, limit).map(toHappening)
  })
