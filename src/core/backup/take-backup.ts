import type { BackupMade } from '../../shared/schemas/backup.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Home } from '../gallery/local-settings.ts'
import { readGalleryId, formatVersion } from '../gallery/credentials.ts'
import { duplicate } from '../redis/create-connection.ts'
import { fromRedis } from '../redis/errors.ts'
import { serversOf } from '../redis/clients.ts'
import type { Session } from '../gallery/session.ts'
import { archiveFormat, programVersion, type Header } from './format.ts'
import type { Sink } from './sink.ts'
import { Snapshot } from './snapshot.ts'
import { Spool } from './spool.ts'
import { ArchiveWriter } from './write-archive.ts'

export interface BackupOptions {
  /** Keys and thumbnails read so far, of about how many. */
  onprogress?: (done: number, total: number) => void
  /** Breaks it off, and leaves nothing behind. */
  signal?: AbortSignal | undefined
}

/** Names of the function libraries of Redis; none where it does not tell. */
const functionLibraries = async (session: Session): Promise<string[]> => {
  const [server] = serversOf(session.redis)
  const reply = await server?.call('FUNCTION', 'LIST').catch(() => [])
  const name = (library: unknown) =>
    (library as unknown[])[(library as unknown[]).indexOf('library_name') + 1]
  return Array.isArray(reply) ? reply.map((library) => String(name(library))) : []
}

const headerOf = async (session: Session, home: Home): Promise<Header> => {
  const { redis, keys } = session
  const info = await serversOf(redis)[0]?.info('server')
  return {
    cimaise: 'backup',
    format: archiveFormat,
    gallery: keys.gallery,
    galleryId: await readGalleryId(redis, keys),
    galleryFormat: formatVersion,
    created: new Date().toISOString(),
    version: programVersion(),
    redisVersion: /^redis_version:(.*)$/m.exec(info ?? '')?.[1]?.trim() ?? '',
    host: home.host,
    roots: home
      .roots(keys.gallery)
      .map(({ path, album, file }) => ({ path, album, ...(file ? { file } : {}) })),
    functions: await functionLibraries(session),
  }
}

/** About how many keys there are: in a Redis that others use too, theirs are counted with them. */
const estimate = async ({ redis }: Session) =>
  (await Promise.all(serversOf(redis).map((server) => server.dbsize()))).reduce((sum, n) => sum + n, 0)

const write = async (session: Session, home: Home, sink: Sink, { onprogress, signal }: BackupOptions) => {
  const header = await headerOf(session, home)
  const total = await estimate(session)
  const spool = await Spool.create(home.path)
  const archive = new ArchiveWriter(sink)
  try {
    await archive.line(header)
    const snapshot = new Snapshot(session.redis, session.keys, {
      onprogress: (done) => onprogress?.(Math.min(done, total), total),
      signal,
    })
    const counts = await snapshot.write(archive, spool)
    await archive.end(counts)
    return { created: header.created, bytes: archive.bytes, ...counts }
  } finally {
    archive.destroy()
    await spool.close()
  }
}

/**
 * Works on a connection of its own: a write that waits until the backup is done would hold up whatever else stands
 * in its connection's queue, the reading for the backup and its end among it.
 */
const onOwnConnection = async <T>(session: Session, work: (own: Session) => Promise<T>): Promise<T> => {
  const redis = duplicate(session.redis)
  try {
    return await work({ ...session, redis })
  } finally {
    redis.disconnect()
  }
}

/**
 * Writes a backup of the gallery while everybody goes on: all of its keys as they were at one moment, its thumbnails, the
 * host's name and its registered folders. Writers wait while the metadata is read (about two seconds for 100,000 photos).
 * Administrators. Throws FORBIDDEN, or what the disk refused; where it fails nothing is left behind.
 */
export const takeBackup = async (
  session: Session,
  home: Home,
  openSink: () => Promise<Sink>,
  options: BackupOptions = {},
): Promise<BackupMade> => {
  if (!session.identity.administrator) throw new GalleryError('FORBIDDEN', 'backupHoldsAll')
  const sink = await openSink()
  try {
    const written = await onOwnConnection(session, (own) => write(own, home, sink, options))
    options.signal?.throwIfAborted()
    await sink.finish()
    const made = { ...written, file: sink.file }
    home.noteBackup(session.keys.gallery, made)
    return made
  } catch (error) {
    await sink.discard()
    throw fromRedis(error)
  }
}
