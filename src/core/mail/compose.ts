import { createHash } from 'node:crypto'
import { newsKinds, type NewsKind } from '../../shared/domain/mail.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { listSelections } from '../selections/client-selections.ts'
import { listAllComments } from '../comments/comments.ts'
import { line } from '../photos/field-values.ts'
import { readHashes } from '../redis/claims.ts'
import type { ClientList } from '../../shared/schemas/selection.ts'
import type { Comment } from '../../shared/schemas/comment.ts'
import { kindOf, type Waiting } from './news.ts'
import { mayRead, type Link, type Person, type Sender } from './people.ts'
import { momentIn, speakerOf, type Speaker } from './speak.ts'

/** Characters of a comment that are told; the rest is read in the gallery. */
const maxSaid = 500

/** One thing that is told. */
export interface Line {
  kind: NewsKind
  text: string
  /** Words of somebody, below it. */
  said: string
  /** Where it is seen, behind the address of the gallery. */
  path: string
  count: number
}

const titlesOf = async ({ redis, keys }: Sender, albums: string[]) => {
  const infos = albums.map((album) => keys.albumInfo(album))
  const rows = await readHashes(redis, infos, { title: maxTitleBytes, deleted: 32 })
  return new Map(
    albums.flatMap((album, i) => {
      const [title, deleted] = rows[i] ?? []
      return title && !deleted ? [[album, line(title)] as const] : []
    }),
  )
}

const albumsIn = (news: Waiting[], links: Map<string, Link>) => [
  ...new Set(
    news.flatMap(({ piece }) => {
      if ('album' in piece) return [piece.album]
      return piece.kind === 'links' ? [links.get(piece.share)?.album ?? ''] : []
    }),
  ),
]

/** What a person may be told of now, with what it is called. */
interface Known {
  person: Person
  speaker: Speaker
  /** Of the albums that the person may read. */
  titles: Map<string, string>
  comments: Map<string, Comment[]>
  /** What clients have chosen, by album. */
  lists: Map<string, ClientList[]>
  links: Map<string, Link>
  now: number
}

const pathTo = (album: string, photo = '') =>
  `/?${new URLSearchParams({ album, ...(photo && { photo }) }).toString().replaceAll('%7E', '~')}`

const linkLine = ({ person, speaker, titles, links, now }: Known, share: string): Line[] => {
  const link = links.get(share)
  const album = link && titles.get(link.album)
  if (!link || album === undefined || link.by !== person.name || !(link.expires > now)) return []
  const date = momentIn(person.wishes.language, person.wishes.zone, link.expires)
  const label = line(link.label)
  const text = label
    ? speaker.t('linkForEnds', { label, album, date })
    : speaker.t('linkEnds', { album, date })
  return [{ kind: 'links', text, said: '', path: pathTo(link.album), count: 1 }]
}

const shortened = (words: string) => (words.length > maxSaid ? `${words.slice(0, maxSaid)}…` : words)

const commentLine = (
  { speaker, comments }: Known,
  piece: { album: string; photo: string; writer: string; number: number },
  album: string,
): Line[] => {
  const said = comments
    .get(piece.album)
    ?.find(({ writer, number }) => writer === piece.writer && number === piece.number)
  if (!said || said.hidden) return []
  const text = speaker.t(said.photo === null ? 'saidOfAlbum' : 'saidOfPhoto', { name: said.name, album })
  return [
    {
      kind: 'comments',
      text,
      said: shortened(said.text),
      path: pathTo(piece.album, said.photo ?? ''),
      count: 1,
    },
  ]
}

/** A client who has opened the list again meanwhile is not done with it. */
const selectionLine = (
  { speaker: { t, counted }, lists }: Known,
  piece: { album: string; share: string },
  album: string,
): Line[] => {
  const list = lists.get(piece.album)?.find(({ link }) => link === piece.share)
  if (!list?.done) return []
  const name = list.name || line(list.label) || t('someClient')
  const text = t('selectionIn', { name, photos: counted('chosenPhotos', list.picks.length), album })
  const path = `${pathTo(piece.album)}&chosen=${piece.share}`
  return [{ kind: 'selection', text, said: shortened(list.note), path, count: 1 }]
}

const lineOf = (known: Known, { piece, count }: Waiting): Line[] => {
  const { speaker, person, titles } = known
  const { t, counted } = speaker
  if (piece.kind === 'more') return []
  if (piece.kind === 'links') return linkLine(known, piece.share)
  if (piece.kind === 'imports') {
    const what = counted(piece.failed ? 'unread' : 'takenIn', count)
    const text = t('onHost', { what, host: piece.host })
    return person.administrator ? [{ kind: 'imports', text, said: '', path: '/', count }] : []
  }
  const album = titles.get(piece.album)
  if (album === undefined) return []
  if (piece.kind === 'comments') return commentLine(known, piece, album)
  if (piece.kind === 'selection') return selectionLine(known, piece, album)
  const text = t('mailPhotosIn', { photos: counted('newPhotos', count), album })
  return [{ kind: 'photos', text, said: '', path: pathTo(piece.album), count }]
}

/**
 * What a person is told of the news that wait: as it is now, and of that what Redis lets the person read now, in the order of the
 * kinds. Nothing where nothing is left of it.
 */
export const tellNews = async (
  sender: Sender,
  person: Person,
  news: Waiting[],
  { links, now }: { links: Link[]; now: number },
): Promise<Line[]> => {
  const byName = new Map(links.map((link) => [link.name, link]))
  const wanted = news.filter(({ piece }) => person.wishes.times[kindOf(piece) ?? 'photos'] !== 'off')
  const albums = albumsIn(wanted, byName)
  const may = await mayRead(
    sender,
    albums.map((album) => ({ account: person.name, album })),
  )
  const titles = await titlesOf(
    sender,
    albums.filter((_, i) => may[i]),
  )
  const saidIn = (kind: NewsKind, album: string) =>
    wanted.some(({ piece }) => piece.kind === kind && 'album' in piece && piece.album === album)
  const comments = new Map<string, Comment[]>()
  const lists = new Map<string, ClientList[]>()
  for (const album of titles.keys()) {
    if (saidIn('comments', album)) comments.set(album, await listAllComments(sender, album))
    if (saidIn('selection', album)) lists.set(album, await listSelections(sender, album))
  }
  const speaker = speakerOf(person.wishes.language)
  const known: Known = { person, speaker, titles, comments, lists, links: byName, now }
  const lines = wanted.flatMap((one) => lineOf(known, one))
  return lines.toSorted((a, b) => newsKinds.indexOf(a.kind) - newsKinds.indexOf(b.kind))
}

const subjectKeys = {
  photos: 'newPhotos',
  comments: 'newComments',
  selection: 'doneSelections',
  links: 'endingLinks',
} as const

/** What is in a mail, in a few words. */
export const subjectOf = ({ t, counted }: Speaker, lines: Line[]): string => {
  const [only, ...others] = lines
  if (only && others.length === 0 && only.kind !== 'comments') return only.text
  const kinds = Map.groupBy(lines, ({ kind }) => kind)
  const parts = [...kinds].map(([kind, own]) =>
    kind === 'imports'
      ? t('importNews')
      : counted(
          subjectKeys[kind],
          own.reduce((sum, { count }) => sum + count, 0),
        ),
  )
  return parts.join(', ')
}

/** The same for the same news to the same address. */
export const mailId = (address: string, news: Waiting[]): string => {
  const digest = createHash('sha256').update(JSON.stringify([address, news]))
  return digest.digest('hex').slice(0, 32)
}
