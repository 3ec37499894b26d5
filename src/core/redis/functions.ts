import { createHash } from 'node:crypto'
import { z } from 'zod'
import { maxAudiences } from '../../shared/domain/limits.ts'
import arrangePhotos from './scripts/arrange-photos.lua?raw'
import collectPhotos from './scripts/collect-photos.lua?raw'
import createCollection from './scripts/create-collection.lua?raw'
import removeCollection from './scripts/remove-collection.lua?raw'
import renameCollection from './scripts/rename-collection.lua?raw'
import describeCollection from './scripts/describe-collection.lua?raw'
import uncollectPhotos from './scripts/uncollect-photos.lua?raw'
import addPhotos from './scripts/add-photos.lua?raw'
import carryComments from './scripts/carry-comments.lua?raw'
import collectThumb from './scripts/collect-thumb.lua?raw'
import completePhotos from './scripts/complete-photos.lua?raw'
import createAlbum from './scripts/create-album.lua?raw'
import deleteAccount from './scripts/delete-account.lua?raw'
import deleteAlbum from './scripts/delete-album.lua?raw'
import describeAlbum from './scripts/describe-album.lua?raw'
import editPhotos from './scripts/edit-photos.lua?raw'
import hideComment from './scripts/hide-comment.lua?raw'
import common from './scripts/includes/common.lua?raw'
import follow from './scripts/includes/follow.lua?raw'
import reading from './scripts/includes/reading.lua?raw'
import said from './scripts/includes/said.lua?raw'
import shown from './scripts/includes/shown.lua?raw'
import stacks from './scripts/includes/stacks.lua?raw'
import tags from './scripts/includes/tags.lua?raw'
import leadStack from './scripts/lead-stack.lua?raw'
import noteNews from './scripts/note-news.lua?raw'
import movePhotos from './scripts/move-photos.lua?raw'
import purgePhotos from './scripts/purge-photos.lua?raw'
import readAlbums from './scripts/reads/read-albums.lua?raw'
import readBetween from './scripts/reads/read-between.lua?raw'
import readComments from './scripts/reads/read-comments.lua?raw'
import readEnds from './scripts/reads/read-ends.lua?raw'
import readEvents from './scripts/reads/read-events.lua?raw'
import readHashes from './scripts/reads/read-hashes.lua?raw'
import readIds from './scripts/reads/read-ids.lua?raw'
import readScores from './scripts/reads/read-scores.lua?raw'
import readSizes from './scripts/reads/read-sizes.lua?raw'
import readSpans from './scripts/reads/read-spans.lua?raw'
import readTags from './scripts/reads/read-tags.lua?raw'
import readWholeHashes from './scripts/reads/read-whole-hashes.lua?raw'
import renameAlbums from './scripts/rename-albums.lua?raw'
import restoreAlbum from './scripts/restore-album.lua?raw'
import restorePhotos from './scripts/restore-photos.lua?raw'
import saveAccount from './scripts/save-account.lua?raw'
import saveGroup from './scripts/save-group.lua?raw'
import setRights from './scripts/set-rights.lua?raw'
import showCollection from './scripts/show-collection.lua?raw'
import showPhotos from './scripts/show-photos.lua?raw'
import stackPhotos from './scripts/stack-photos.lua?raw'
import tagPhotos from './scripts/tag-photos.lua?raw'
import trashPhotos from './scripts/trash-photos.lua?raw'
import unstackPhotos from './scripts/unstack-photos.lua?raw'
import updatePhoto from './scripts/update-photo.lua?raw'
import withdrawPhoto from './scripts/withdraw-photo.lua?raw'
import writeComment from './scripts/write-comment.lua?raw'
import writeSelection from './scripts/write-selection.lua?raw'

/**
 * `no-writes`: accounts that may only read may call it; `allow-oom`: it frees memory, or takes rights, so a full Redis runs it
 * too.
 */
type Flag = 'no-writes' | 'allow-oom'

interface LuaFunction<Reply> {
  lua: string
  flags: Flag[]
  /** What it answers: its reply is parsed by it, as any other reply of Redis. */
  reply: z.ZodType<Reply>
}

const fn = <Reply>(lua: string, reply: z.ZodType<Reply>, ...flags: Flag[]): LuaFunction<Reply> => ({
  lua,
  flags,
  reply,
})

const texts = z.array(z.string())
/** An answer of many values comes as one text (pack in includes/reading.lua). */
const packed = <T>(schema: z.ZodType<T>) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)
/** Of a key that has another type than it should, functions that read answer -1. */
const damaged = z.literal(-1)
const optional = z.array(z.union([z.array(z.string().nullable()), damaged]))

type Row = (string | false)[] | -1

/** By hand, as these are the values of all fields of hundreds of photos: a schema takes longer than Redis does. */
const isRow = (row: unknown): row is Row =>
  row === -1 || (Array.isArray(row) && row.every((value) => typeof value === 'string' || value === false))

type Flat = string[] | 0 | -1

/** By hand for the same reason. */
const isFlat = (row: unknown): row is Flat =>
  row === 0 || row === -1 || (Array.isArray(row) && row.every((value) => typeof value === 'string'))

/** Every function of the library: its text, what it answers, and what it may do. Each text's header says more. */
export const luaFunctions = {
  'add-photos': fn(addPhotos, texts),
  'carry-comments': fn(carryComments, z.number()),
  'arrange-photos': fn(arrangePhotos, texts),
  'collect-photos': fn(collectPhotos, texts),
  'collect-thumb': fn(collectThumb, z.number(), 'allow-oom'),
  'complete-photos': fn(completePhotos, texts),
  'create-album': fn(createAlbum, z.tuple([z.enum(['made', 'mapped', 'taken']), z.string()])),
  'create-collection': fn(createCollection, z.number()),
  'delete-account': fn(deleteAccount, z.number(), 'allow-oom'),
  'delete-album': fn(deleteAlbum, z.number(), 'allow-oom'),
  'describe-album': fn(describeAlbum, z.string()),
  'describe-collection': fn(describeCollection, z.string()),
  'edit-photos': fn(editPhotos, texts),
  'hide-comment': fn(hideComment, z.number(), 'allow-oom'),
  'lead-stack': fn(leadStack, z.string()),
  'move-photos': fn(movePhotos, texts),
  'note-news': fn(noteNews, z.number()),
  'purge-photos': fn(purgePhotos, texts, 'allow-oom'),
  'read-albums': fn(readAlbums, z.array(z.union([texts, damaged, z.literal(-2)])), 'no-writes'),
  'read-between': fn(readBetween, packed(z.array(z.union([texts, damaged]))), 'no-writes'),
  'read-comments': fn(readComments, packed(z.array(z.union([texts, damaged, z.literal(0)]))), 'no-writes'),
  'read-ends': fn(readEnds, z.array(z.union([z.string(), damaged])), 'no-writes'),
  'read-events': fn(
    readEvents,
    z.array(z.union([z.array(z.tuple([z.string(), texts])), damaged])),
    'no-writes',
  ),
  'read-hashes': fn(
    readHashes,
    packed(z.custom<Row[]>((rows) => Array.isArray(rows) && rows.every(isRow))),
    'no-writes',
  ),
  'read-ids': fn(readIds, packed(z.array(z.union([texts, damaged, z.literal(0)]))), 'no-writes'),
  'read-scores': fn(readScores, optional, 'no-writes'),
  'read-sizes': fn(readSizes, z.array(z.number()), 'no-writes'),
  'read-spans': fn(
    readSpans,
    packed(z.array(z.union([z.tuple([z.string(), z.string(), z.string()]), damaged, z.literal(0)]))),
    'no-writes',
  ),
  'read-tags': fn(readTags, packed(z.array(z.union([texts, damaged, z.literal(0)]))), 'no-writes'),
  'read-whole-hashes': fn(
    readWholeHashes,
    packed(z.custom<Flat[]>((rows) => Array.isArray(rows) && rows.every(isFlat))),
    'no-writes',
  ),
  'remove-collection': fn(removeCollection, z.number()),
  'rename-albums': fn(renameAlbums, z.number()),
  'rename-collection': fn(renameCollection, z.string()),
  'restore-album': fn(restoreAlbum, z.number()),
  'restore-photos': fn(restorePhotos, texts),
  'save-account': fn(saveAccount, z.number(), 'allow-oom'),
  'save-group': fn(saveGroup, texts, 'allow-oom'),
  'set-rights': fn(setRights, texts, 'allow-oom'),
  'show-collection': fn(showCollection, z.number()),
  'show-photos': fn(showPhotos, z.number()),
  'stack-photos': fn(stackPhotos, texts),
  'tag-photos': fn(tagPhotos, texts),
  'trash-photos': fn(trashPhotos, texts),
  'uncollect-photos': fn(uncollectPhotos, texts),
  'unstack-photos': fn(unstackPhotos, texts),
  'update-photo': fn(updatePhoto, z.number()),
  'withdraw-photo': fn(withdrawPhoto, z.number(), 'allow-oom'),
  'write-comment': fn(writeComment, z.number()),
  'write-selection': fn(writeSelection, z.number()),
} as const

export type FunctionName = keyof typeof luaFunctions
export type ReplyOf<Name extends FunctionName> = z.infer<(typeof luaFunctions)[Name]['reply']>

/** Function names hold letters, digits and _ only. */
const inLua = (name: string) => name.replaceAll('-', '_')

/** Shared parts, then each function by its name: what the version is made from. `%` stands for the library's name. */
const body = [
  [common, tags, said, stacks, follow, `local max_audiences = ${maxAudiences}`, shown, reading].join('\n'),
  ...Object.entries(luaFunctions).map(
    ([name, { lua, flags }]) => `redis.register_function{
  function_name = '%_${inLua(name)}',
  flags = { ${flags.map((flag) => `'${flag}'`).join(', ')} },
  callback = ${flags.includes('no-writes') ? '' : 'once('}function(KEYS, ARGV)
${lua}
  end${flags.includes('no-writes') ? '' : ')'},
}`,
  ),
].join('\n\n')

/**
 * The name of the library: one of its own for each version of its text, so that two versions of Cimaise live side by side
 * in one Redis, each with the functions that it knows.
 */
export const libraryName = `cimaise_${createHash('sha256').update(body).digest('hex').slice(0, 12)}`

/** The text of the library, as FUNCTION LOAD takes it. */
export const libraryText = `#!lua name=${libraryName}\n${body.replaceAll("'%_", `'${libraryName}_`)}\n`

/** What FCALL calls a function. */
export const qualified = (name: FunctionName): string => `${libraryName}_${inLua(name)}`
