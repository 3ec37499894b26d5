/**
 * What an organisation file is: one JSON document with everything that users made of a gallery. docs/organisation-file.md
 * describes it for other programs.
 */
import { z } from 'zod'
import { CollectionTitle, SavedSearch } from '../../shared/schemas/collection.ts'
import { AlbumTitle } from '../../shared/schemas/album.ts'
import { Comment, CommentText } from '../../shared/schemas/comment.ts'
import {
  AccountName,
  AlbumId,
  AlbumOrCollectionId,
  CollectionId,
  PhotoId,
  ThumbName,
} from '../../shared/schemas/ids.ts'
import { maxSelection } from '../../shared/domain/visitor-answers.ts'
import { ClientList, PickWords, VisitorName } from '../../shared/schemas/selection.ts'
import { Status } from '../../shared/schemas/status.ts'
import { isIdPrefix } from '../gallery/ids.ts'

/** Grows where an older Cimaise could not read the file any more. */
export const organisationFormat = 1

/** Entries of one list but those of photos, files and thumbnails, which are not held in memory. */
export const maxListed = 100_000

/** Characters of a path, beyond what any system has. */
const maxPathLength = 8192
/** Characters of a description: what an album's own field takes. */
const maxDescriptionLength = 10_000
const maxNameLength = 400

const line = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((text) => !/\p{Cc}/u.test(text), 'holds control characters')

const Path = line(maxPathLength).min(1)
const HostName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
const Level = z.enum(['read', 'comment', 'modify'])
/** Id of an album or a collection → right. */
const Rights = z.record(AlbumOrCollectionId, Level).default({})
const Instant = z.iso.datetime({ offset: true })

/** What each scalar at the top of the file must be; all others are ignored. */
export const Head = z.object({
  cimaise: z.literal('organisation'),
  format: z.literal(organisationFormat),
  created: Instant,
  version: line(40),
  host: HostName,
})

const AccountPart = z.object({
  name: AccountName,
  displayName: line(maxNameLength),
  role: z.enum(['administrator', 'member']),
  created: Instant.optional(),
  disabled: z.boolean().default(false),
  canCreateAlbums: z.boolean().default(false),
  /** What the ids of the albums begin with that it made as its own. */
  ownIdPrefix: z.string().refine(isIdPrefix, 'is no id prefix').optional(),
  rights: Rights,
})

const GroupPart = z.object({
  name: AccountName,
  displayName: line(maxNameLength),
  created: Instant.optional(),
  members: z.array(AccountName).max(100_000),
  rights: Rights,
})

const AlbumPart = z.object({
  id: AlbumId,
  title: AlbumTitle,
  created: Instant.optional(),
  by: line(maxNameLength).optional(),
  description: z.string().max(maxDescriptionLength).optional(),
  cover: PhotoId.optional(),
  public: z.boolean().default(false),
  /** What guests are shown and given of it, in words (shared/domain/visitor-switches.ts); absent: the least. */
  shows: line(200).optional(),
  /** Tag, folded → as it is written. */
  tagNames: z.record(z.string().max(maxNameLength), line(maxNameLength)).default({}),
  /** In the trash: since when, in milliseconds since 1970, and who had which right on it. */
  deleted: z.number().int().min(0).max(8.64e15).optional(),
  keptRights: z.record(line(64), Level).optional(),
})

const PhotoPart = z.object({
  album: AlbumId,
  id: PhotoId,
  /** Its fields, as docs/data-model.md lists them. */
  fields: z.record(line(64), z.string()),
})

/** What an account said of a photo or an album, as the contract tells it, with the album. */
const CommentPart = Comment.omit({ own: true, former: true }).extend({
  album: AlbumId,
  text: CommentText,
  name: line(maxNameLength),
  at: Instant,
  changedAt: Instant.nullable(),
  /** As in the contract; files of before have no comments of visitors. */
  visitor: z
    .union([z.literal(''), line(maxNameLength)])
    .nullable()
    .default(null),
})

/** What clients chose by a link, which is not in the file itself: its list is closed where it is read in. */
const SelectionPart = ClientList.omit({ closed: true }).extend({
  album: AlbumId,
  label: z.union([z.literal(''), line(maxNameLength)]),
  name: VisitorName,
  note: PickWords,
  done: Instant.nullable(),
  picks: z.array(z.object({ photo: PhotoId, words: PickWords })).max(maxSelection),
})

const CollectionPart = z.object({
  id: CollectionId,
  title: CollectionTitle,
  created: Instant.optional(),
  by: line(maxNameLength).optional(),
  public: z.boolean().default(false),
  /** In their order. */
  photos: z.array(PhotoId).max(100_000),
  description: z.string().max(maxDescriptionLength).optional(),
  cover: PhotoId.optional(),
  /** What a smart album looks for; null where that could not be read. */
  search: SavedSearch.nullable().optional(),
})

const RootPart = z.object({
  path: Path,
  album: line(maxNameLength).nullable(),
  file: z.literal(true).optional(),
})

const FolderPart = z.object({ folder: Path, album: AlbumId })

/** What was taken in from one path of the host: the same as the file index in Redis has (docs/data-model.md). */
const FilePart = z.object({ path: Path, entry: z.string().max(2000) })

const ThumbnailPart = z.object({ name: ThumbName, webp: z.base64().max(4_000_000) })

/** The lists of a file, in the order in which they are written. They may be read in any order. */
export const lists = {
  accounts: AccountPart,
  groups: GroupPart,
  statuses: Status,
  albums: AlbumPart,
  photos: PhotoPart,
  comments: CommentPart,
  selections: SelectionPart,
  collections: CollectionPart,
  roots: RootPart,
  folders: FolderPart,
  files: FilePart,
  thumbnails: ThumbnailPart,
} as const

export type ListName = keyof typeof lists
export type PartOf<L extends ListName> = z.infer<(typeof lists)[L]>

/** One entry of one list. */
export type Part = { [L in ListName]: { list: L; part: PartOf<L> } }[ListName]

export type Head = z.infer<typeof Head>

/** Entries of each list. */
export type PartCounts = Record<ListName, number>
export const noParts = (): PartCounts =>
  Object.fromEntries(Object.keys(lists).map((name) => [name, 0])) as PartCounts
