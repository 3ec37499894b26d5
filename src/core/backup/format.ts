/**
 * What a backup file is: lines of JSON in one gzip stream, so that `zcat FILE | head -1` shows what it is of. First a header,
 * then a line for each key and each thumbnail, last the counts and the SHA-256 of every byte before that line. It holds no
 * password and no key: of logins only what Redis keeps of them, their SHA-256.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { GalleryError } from '../../shared/errors.ts'
import type { TextId } from '../../shared/i18n/text.ts'
import { BackupCounts } from '../../shared/schemas/backup.ts'
import { applicationRoot } from '../gallery/app-paths.ts'
import type { Keys } from '../redis/keys.ts'

/** Grows where an older Cimaise could not read the file any more. */
export const archiveFormat = 1

/** Bytes of one line: the largest key that can be restored is three quarters of it. */
export const maxLineBytes = 256 * 1024 * 1024
/** Bytes of a key's name: ids, names and tags are far shorter. */
const maxKeyBytes = 64 * 1024
const maxRoots = 10_000

const printable = (text: string) => !/\p{Cc}/u.test(text)
const Path = z.string().min(1).max(4096).refine(printable)

const Root = z.object({ path: Path, album: z.string().max(400).nullable(), file: z.literal(true).optional() })

/** The first line. `host`, `roots`: of the data folder that the backup was made with. */
export const Header = z.object({
  cimaise: z.literal('backup'),
  format: z.literal(archiveFormat),
  gallery: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/),
  galleryId: z.string().regex(/^[0-9a-f]{24}$/),
  /** Format of the gallery's own keys (gallery/bootstrap.ts). */
  galleryFormat: z.number().int(),
  created: z.iso.datetime(),
  version: z.string().max(40),
  redisVersion: z.string().max(40),
  host: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  roots: z.array(Root).max(maxRoots),
  /** Names of the function libraries in Redis, for the record: each session that opens a gallery loads its own. */
  functions: z.array(z.string().max(200)).max(1000),
})
export type Header = z.infer<typeof Header>

/** Milliseconds; 0: none. */
const Life = z.number().int().min(0)
const KeyLine = z.object({
  key: z.string().optional(),
  /** A key that is no text, in base64. */
  key64: z.base64().optional(),
  ttl: Life,
  /** The answer of DUMP, in base64. */
  dump: z.string(),
})
const ThumbLine = z.object({ thumb: z.string().regex(/^[0-9a-f]{64}$/), ttl: Life, webp: z.string() })
export const EndLine = z.object({ end: BackupCounts, sha256: z.string().regex(/^[0-9a-f]{64}$/) })

export interface KeyEntry {
  key: Buffer
  ttl: number
  dump: Buffer
}
export interface ThumbEntry {
  thumb: string
  ttl: number
  webp: Buffer
}

export const encodeKey = ({ key, ttl, dump }: KeyEntry) => {
  const text = key.toString()
  const name = Buffer.from(text).equals(key) ? { key: text } : { key64: key.toString('base64') }
  return { ...name, ttl, dump: dump.toString('base64') }
}

export const encodeThumb = ({ thumb, ttl, webp }: ThumbEntry) => ({
  thumb,
  ttl,
  webp: webp.toString('base64'),
})

/** Reads a line between header and end; null for what is neither a key of the gallery nor a thumbnail. */
export const decodeEntry = (line: unknown, keys: Keys): KeyEntry | ThumbEntry | null => {
  const thumb = ThumbLine.safeParse(line).data
  if (thumb) return { ...thumb, webp: Buffer.from(thumb.webp, 'base64') }
  const found = KeyLine.safeParse(line).data
  if (!found) return null
  const key = found.key === undefined ? Buffer.from(found.key64 ?? '', 'base64') : Buffer.from(found.key)
  const ownIdPrefix = Buffer.from(keys.pattern.everything.slice(0, -1))
  const ours =
    key.length > ownIdPrefix.length &&
    key.length <= maxKeyBytes &&
    key.subarray(0, ownIdPrefix.length).equals(ownIdPrefix)
  return ours ? { key, ttl: found.ttl, dump: Buffer.from(found.dump, 'base64') } : null
}

export const isThumb = (entry: KeyEntry | ThumbEntry): entry is ThumbEntry => 'thumb' in entry

/** What a key counts as, besides being one. */
export const countedAs = (key: Buffer, keys: Keys): 'photos' | 'albums' | null => {
  const rest = key.toString().slice(keys.pattern.everything.length - 1)
  if (/^album:[^:]+:info$/.test(rest)) return 'albums'
  return /^album:[^:]+:photo:[0-9A-Za-z]{10}$/.test(rest) ? 'photos' : null
}

/** The version of this program. */
export const programVersion = (): string => {
  const text = readFileSync(join(applicationRoot(), 'package.json'), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}

/** Refuses a file that is no whole backup; nothing has been written then. */
export const notWhole = (id: TextId, cause?: unknown) =>
  new GalleryError('INVALID', 'notWhole', { why: { id } }, { cause })
