import type { NewsKind } from '../../shared/domain/mail.ts'
import { redisTime } from '../access/access-record.ts'
import { endsSoon } from '../access/ending-shares.ts'
import { allAlbums } from '../albums/visible-albums.ts'
import { readOfAlbums } from '../albums/shown-albums.ts'
import { listAllComments } from '../comments/comments.ts'
import { arrivals, fieldOf, photosIn, timeOfEntry, type StreamEntry } from '../events/stream-fields.ts'
import { listSelections } from '../selections/client-selections.ts'
import { readEnds, readEvents } from '../redis/claims.ts'
import { results } from '../redis/errors.ts'
import type { Comment } from '../../shared/schemas/comment.ts'
import { newsSeconds, noteNews, type NewsFor, type Piece } from './news.ts'
import { mayRead, readPeople, type People, type Person, type Sender } from './people.ts'

/** What happened just now is looked at the next time: by then all of its millisecond is there. In milliseconds. */
const settleMs = 100
/** Events of one album that are looked at in one go: more of them are a large import, of which the count is not exact. */
const maxEvents = 1000

/** Times between which events are looked at, in milliseconds since 1970: after `from`, until `to` included. */
interface Span {
  from: number
  to: number
}

/** Something that happened in an album, for all who may read it but its author. */
interface Happened {
  album: string
  by: string
  piece: Piece
  count: number
  /** Whom it is for, of those who may read the album. */
  isFor: (person: Person) => boolean
}

const wants = (kind: NewsKind) => (person: Person) => person.wishes.times[kind] !== 'off'

/** The albums of which a stream has something new. */
const withNews = async (sender: Sender, albums: string[], keys: string[], kind: string, { from }: Span) => {
  const ends = await readOfAlbums(sender, kind, { albums, keys }, readEnds)
  return albums.flatMap((album, i) =>
    timeOfEntry(ends[i] ?? '') > from ? [{ album, key: keys[i] ?? '' }] : [],
  )
}

const toHappened = (album: string, [, fields]: StreamEntry): Happened[] => {
  const count = arrivals.has(fieldOf(fields, 'what')) ? photosIn(fieldOf(fields, 'photos')).length : 0
  if (count === 0) return []
  const piece = { kind: 'photos' as const, album }
  return [{ album, by: fieldOf(fields, 'by'), piece, count, isFor: wants('photos') }]
}

/** New photos. */
const albumEvents = async (sender: Sender, albums: string[], span: Span): Promise<Happened[]> => {
  const keys = albums.map((album) => sender.keys.albumEvents(album))
  const fresh = await withNews(sender, albums, keys, 'end', span)
  const range = { from: `${span.from + 1}`, to: `${span.to}`, limit: maxEvents }
  const entries = await readEvents(
    sender.redis,
    fresh.map(({ key }) => key),
    range,
  )
  return fresh.flatMap(({ album }, i) => (entries[i] ?? []).flatMap((entry) => toHappened(album, entry)))
}

const isWithin = (at: string, { from, to }: Span) => Date.parse(at) > from && Date.parse(at) <= to

/** Clients who say that they are done with choosing: what their link says of itself, as it says what was chosen. */
const selectionsIn = async (sender: Sender, album: string, span: Span): Promise<Happened[]> =>
  (await listSelections(sender, album))
    .filter(({ done }) => done !== null && isWithin(done, span))
    .map(({ link }) => {
      const piece = { kind: 'selection' as const, album, share: link }
      return { album, by: link, piece, count: 1, isFor: wants('selection') }
    })

/** Comments are for who made the album, and for who said something of the same photo before. */
const commentsIn = async (sender: Sender, album: string, span: Span, people: People) => {
  const all = await listAllComments(sender, album)
  const [maker = ''] = album.split('~')
  const isMakers = ({ name, administrator }: Person) =>
    people.services.has(maker) ? administrator : name === maker
  const isNew = ({ at }: Comment) => isWithin(at, span)
  return all
    .filter((comment) => isNew(comment) && !comment.hidden)
    .map(({ photo, writer, number }): Happened => {
      const spoke = new Set(all.filter((other) => other.photo === photo).map((other) => other.writer))
      const isFor = (person: Person) =>
        wants('comments')(person) && (isMakers(person) || spoke.has(person.name))
      const piece = { kind: 'comments' as const, album, photo: photo ?? '', writer, number }
      return { album, by: writer, piece, count: 1, isFor }
    })
}

/** What was said, and what clients are done with choosing: one stream of each album tells of both. */
const newTalk = async (sender: Sender, albums: string[], span: Span, people: People) => {
  const keys = albums.map((album) => sender.keys.talkEvents(album))
  const found: Happened[] = []
  for (const { album } of await withNews(sender, albums, keys, 'talk-end', span))
    found.push(
      ...(await commentsIn(sender, album, span, people)),
      ...(await selectionsIn(sender, album, span)),
    )
  return found
}

/** Who is told of what happened, of those who may read it now. */
const addressed = async (sender: Sender, happened: Happened[], people: People): Promise<NewsFor[]> => {
  const pairs = happened.flatMap((one) =>
    people.told
      .filter((person) => person.name !== one.by && one.isFor(person))
      .map((person) => ({ account: person.name, album: one.album, one })),
  )
  const may = await mayRead(sender, pairs)
  const byAccount = Map.groupBy(
    pairs.filter((_, i) => may[i]),
    ({ account }) => account,
  )
  return [...byAccount].map(([account, own]) => ({ account, pieces: own.map(({ one }) => one) }))
}

/** Links that end soon, for who made them. */
const endingLinks = async ({ redis, keys }: Sender, { links, told }: People, now: number) => {
  const soon = links.filter((link) => endsSoon(link, now))
  if (soon.length === 0) return { news: [], links: [] }
  const known = await redis.hgetall(keys.mailTold)
  const fresh = soon.filter(({ name, expires }) => known[name] !== String(expires))
  const news = told.filter(wants('links')).map(({ name }) => ({
    account: name,
    pieces: fresh
      .filter(({ by }) => by === name)
      .map((link) => ({ piece: { kind: 'links' as const, share: link.name }, count: 1 })),
  }))
  return { news, links: fresh }
}

const noteTold = async ({ redis, keys }: Sender, links: { name: string; expires: number }[]) => {
  if (links.length === 0) return
  const noted = redis.pipeline()
  for (const { name, expires } of links) noted.hset(keys.mailTold, name, String(expires))
  noted.expire(keys.mailTold, newsSeconds * 10)
  results(await noted.exec())
}

const merged = (news: NewsFor[]): NewsFor[] =>
  [...Map.groupBy(news, ({ account }) => account)].map(([account, all]) => ({
    account,
    pieces: all.flatMap(({ pieces }) => pieces),
  }))

/** From now on it is told what happens: nothing of what happened before. */
const begin = async ({ redis, keys }: Sender, now: number) => {
  const set = redis.multi().hsetnx(keys.mailRun, 'until', String(now)).expire(keys.mailRun, newsSeconds)
  results(await set.exec())
}

/**
 * Looks what happened since it was looked last, by whichever server, and notes who is to be told of what. The place up to which it was
 * looked and the news are noted in one step, so that nothing is missed and nothing noted twice.
 */
export const gatherNews = async (sender: Sender): Promise<void> => {
  const { redis, keys } = sender
  const now = await redisTime(redis)
  const before = Number(await redis.hget(keys.mailRun, 'until'))
  if (!before) return begin(sender, now)
  const span = { from: before, to: now - settleMs }
  if (span.to <= span.from) return
  const [people, albums] = await Promise.all([readPeople(sender), allAlbums(sender)])
  const happened =
    people.told.length === 0
      ? []
      : [...(await albumEvents(sender, albums, span)), ...(await newTalk(sender, albums, span, people))]
  const ending = await endingLinks(sender, people, now)
  const news = merged([...(await addressed(sender, happened, people)), ...ending.news])
  if (await noteNews(redis, keys, news, now, { before, until: span.to })) await noteTold(sender, ending.links)
}

/** Nothing is told any more, and what waits is forgotten, so that mail that is sent again one day begins with that day. */
export const endNews = async ({ redis, keys }: Sender): Promise<void> => {
  const names = await redis.smembers(keys.users)
  await redis.del(keys.mailRun)
  for (const name of names) await redis.del(keys.mailNews(name), keys.mailSending(name))
}

/** Tells administrators of an import on a host. */
export const noteImport = async (
  sender: Sender,
  { host, added, failed }: { host: string; added: number; failed: number },
): Promise<void> => {
  const { redis, keys } = sender
  const { told } = await readPeople(sender)
  const pieces = [
    { piece: { kind: 'imports' as const, host, failed: false }, count: added },
    { piece: { kind: 'imports' as const, host, failed: true }, count: failed },
  ].filter(({ count }) => count > 0)
  const news = told
    .filter((person) => person.administrator && wants('imports')(person))
    .map(({ name }) => ({ account: name, pieces }))
  await noteNews(redis, keys, news, await redisTime(redis))
}
