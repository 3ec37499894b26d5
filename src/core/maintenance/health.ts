import type { Check, Health } from '../../shared/schemas/gallery.ts'
import { listAlbums } from '../albums/albums.ts'
import { findFfmpeg } from '../library/decode/video/ffmpeg.ts'
import { aboutFactors } from './health-logins.ts'
import { aboutSettings } from './health-settings.ts'
import { readSaved } from '../access/acl-file.ts'
import { isDefaultOn } from '../access/default-user.ts'
import { parseApplied } from '../access/apply-acl.ts'
import { listActs } from '../access/audit-log.ts'
import { aboutHoldings } from '../access/holding-limits.ts'
import { readAccessRecord } from '../access/access-record.ts'
import { redisUser, stewardName } from '../redis/acl/redis-users.ts'
import { isSpread } from '../redis/clients.ts'
import { onRedis, results } from '../redis/errors.ts'
import { infoField, memoryIn } from '../redis/server-info.ts'
import type { Session } from '../gallery/session.ts'

/** How many photos the memory of one photo is estimated from. */
const sampleSize = 200

/** Repairs of rights are told for so long, in milliseconds. */
const recentRepairMs = 30 * 24 * 60 * 60 * 1000

const aboutServer = async ({ redis }: Session): Promise<Check[]> => {
  const info = (await redis.call('INFO', 'everything')) as string
  const version = infoField(info, 'redis_version')
  const { used, limit, words } = memoryIn(info)
  const appendOnly = infoField(info, 'aof_enabled') === '1'
  const written = infoField(info, 'aof_last_write_status') !== 'err'
  return [
    { what: 'Redis', state: 'ok', detail: `version ${version}` },
    {
      what: 'Memory',
      state: limit > 0 && used > 0.9 * limit ? 'warning' : 'ok',
      detail: words,
    },
    appendOnly
      ? {
          what: 'Persistence',
          state: written ? 'ok' : 'problem',
          detail: written ? 'append-only file' : 'the disk refuses writes',
        }
      : {
          what: 'Persistence',
          state: 'warning',
          detail: 'the append-only file is off: a crash may lose the last changes',
        },
  ]
}

/** Videos are taken in without it, and shown by a drawing. */
const aboutVideos = (): Check => {
  const ffmpeg = findFfmpeg()
  return ffmpeg
    ? { what: 'Videos', state: 'ok', detail: `frames by ${ffmpeg}` }
    : {
        what: 'Videos',
        state: 'warning',
        detail:
          'ffmpeg is not installed: videos are shown by a drawing instead of a frame. Once it is, `doctor --repair` makes the frames',
      }
}

const aboutDefault = async ({ redis }: Session): Promise<Check> => {
  return (await isDefaultOn(redis))
    ? {
        what: 'Default user',
        state: 'warning',
        detail: 'anybody with the login of `default` may do everything: switch it off',
      }
    : { what: 'Default user', state: 'ok', detail: 'switched off' }
}

/** Redis users that differed from their accounts and were set right (access/verify-acl.ts), lately. */
const aboutRepairs = async (session: Session): Promise<Check[]> => {
  const repairs = (await listActs(session, 500)).filter(
    ({ what, at }) => what === 'repaired' && Date.now() - Date.parse(at) < recentRepairMs,
  )
  const [last] = repairs
  if (!last) return []
  const who = last.fields.map(({ field, from }) => `${field} (${from})`).join(', ')
  const detail = `somebody had changed Redis users by hand, or the ACL file was lost; set right on ${last.at}: ${who}`
  return [{ what: 'Rights', state: 'warning', detail }]
}

/** Accounts whose rules Redis refuses, and records of accounts and groups that cannot be read. */
const aboutAccounts = async ({ redis, keys }: Session): Promise<Check[]> => {
  const [applied, { damaged }] = await Promise.all([
    redis.hgetall(keys.applied),
    readAccessRecord(redis, keys),
  ])
  const refused = Object.entries(applied).flatMap(([name, text]) => {
    const { refused: reason } = parseApplied(text)
    return reason === null ? [] : [`${name} (${reason})`]
  })
  const problem = (detail: string): Check => ({ what: 'Rights', state: 'problem', detail })
  return [
    ...(refused.length > 0
      ? [problem(`Redis refuses the rules of accounts, which are switched off: ${refused.join(', ')}`)]
      : []),
    ...(damaged.size > 0
      ? [
          problem(
            `these keys hold something else than they should, and count as empty; delete them, then set the accounts anew: ${[...damaged].join(', ')}`,
          ),
        ]
      : []),
  ]
}

/** Rights that Redis could not write into its ACL file: a restart of Redis would forget them until the next opening. */
const aboutSaved = async ({ redis, keys }: Session): Promise<Check[]> => {
  const { set, saved } = await readSaved(redis, keys)
  if (set === saved) return []
  const detail =
    'Redis could not write the last changes into its ACL file: let it write there, then open the gallery again'
  return [{ what: 'Rights', state: 'problem', detail }]
}

const aboutRights = async (session: Session): Promise<Check[]> => {
  const found = [
    ...(await aboutRepairs(session)),
    ...(await aboutAccounts(session)),
    ...(isSpread(session.redis) ? [] : await aboutSaved(session)),
  ]
  const fine: Check = { what: 'Rights', state: 'ok', detail: 'Redis has those that the accounts say' }
  return found.length > 0 ? found : [fine]
}

/** Redis users that are no accounts of this gallery may have rights that no administrator of it gave. */
const aboutStrangers = async ({ redis, keys }: Session): Promise<Check[]> => {
  const known = new Set((await redis.smembers(keys.users)).map((name) => redisUser(keys, name)))
  const programs = new Set(['default', 'keeper', redisUser(keys, stewardName)])
  const strangers = ((await redis.call('ACL', 'LIST')) as string[])
    .map((rule) => rule.split(' '))
    .filter(([, name = '', state]) => state === 'on' && !known.has(name) && !programs.has(name))
    .filter((words) => words.some((word) => /^(%\w+)?~/.test(word) || word === 'allkeys'))
    .map(([, name = '']) => name)
  if (strangers.length === 0) return []
  const detail = `Redis also lets in ${strangers.join(', ')}, who are no accounts of this gallery`
  return [{ what: 'Other users', state: 'warning', detail }]
}

const average = (bytes: (number | null)[]) => {
  const known = bytes.filter((value): value is number => value !== null)
  return known.length === 0 ? null : Math.round(known.reduce((sum, value) => sum + value, 0) / known.length)
}

/** Memory of the keys of some photos: their records, and their thumbnails. */
const memory = async ({ redis, keys }: Session, albums: string[]) => {
  const asked = redis.pipeline()
  for (const album of albums)
    asked.zrandmember(keys.albumPhotos(album), Math.ceil(sampleSize / albums.length))
  const picked = results<string[]>(await asked.exec()).flatMap((ids, i) =>
    ids.map((id) => [albums[i] ?? '', id] as const),
  )
  const usage = (key: string) => redis.memory('USAGE', key)
  const records = await Promise.all(picked.map(([album, id]) => usage(keys.photo(album, id))))
  const names = await Promise.all(picked.map(([album, id]) => redis.hget(keys.photo(album, id), 'thumb')))
  const thumbs = await Promise.all(names.map(async (name) => (name ? usage(keys.thumb(name)) : null)))
  return { metadataBytes: average(records), thumbnailBytes: average(thumbs) }
}

/**
 * Whether Redis and the gallery in it are well, and what a photo costs in memory. `notes`: what this computer knows besides.
 * Administrators.
 */
export const checkHealth = (session: Session, notes: Check[] = []): Promise<Health> =>
  onRedis(async () => {
    const server = [
      ...(await aboutServer(session)),
      ...(await aboutSettings(session)),
      await aboutDefault(session),
      ...(await aboutRights(session)),
      ...(await aboutStrangers(session)),
      ...(await aboutFactors(session)),
      ...(await aboutHoldings(session)),
      aboutVideos(),
      ...notes,
    ]
    const albums = (await listAlbums(session)).filter(({ photos }) => photos > 0)
    return {
      checks: server,
      albums: albums.length,
      photos: albums.reduce((sum, { photos }) => sum + photos, 0),
      ...(albums.length > 0
        ? await memory(
            session,
            albums.slice(0, sampleSize).map(({ id }) => id),
          )
        : { metadataBytes: null, thumbnailBytes: null }),
    }
  })
