import type { Happening } from '../shared/schemas.ts'
import { readableAlbums } from './events.ts'
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

/** Whether two events are one line. */
const belongs = (line: Event[], event: Event) => {
  const [first] = line
  if (!first) return false
  const [a, b] = [first.fields, event.fields]
  if (a['change'] || b['change']) return a['change'] === b['change']
  const last = line.at(-1) ?? first
  const alike = a['what'] === b['what'] && a['by'] === b['by'] && first.album === event.album
  return alike && Math.abs(last.at - event.at) < together
}

/** Events, the newest first, as lines: those of one act together, wherever among the others they stand. */
const toLines = (events: Event[]): Event[][] => {
  const lines: Event[][] = []
  const acts = new Map<string, Event[]>()
  for (const event of events) {
    const act = event.fields['change'] ?? ''
    const line = act ? acts.get(act) : lines.at(-1)
    if (line && belongs(line, event)) line.push(event)
    else {
      lines.push([event])
      const last = lines.at(-1)
      if (act && last) acts.set(act, last)
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
    const { redis, keys, administrator } = session
    const albums = await readableAlbums(session)
    const asked = redis.pipeline()
    for (const id of albums) asked.xrevrange(keys.albumEvents(id), '+', '-', 'COUNT', limit)
    if (administrator) asked.xrevrange(keys.events, '+', '-', 'COUNT', limit)
    const events = results<Entry[]>(await asked.exec())
      .flatMap((entries, i) => entries.map((entry) => toEvent(entry, albums[i] ?? null)))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
    const about = (line: Event[]) => album === null || line.some((event) => event.album === album)
    return toLines(events).filter(about).slice(0, limit).map(toHappening)
  })
