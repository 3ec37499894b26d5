import { chunksOf } from '../../shared/domain/chunks.ts'
import { GalleryError, hasCode } from '../../shared/errors.ts'
import { programVersion } from '../backup/format.ts'
import { namesIn } from '../access/accounts.ts'
import { readAccessRecord, type AccessRecord } from '../access/access-record.ts'
import { maxTitleBytes } from '../albums/albums.ts'
import { knownAlbums } from '../albums/visible-albums.ts'
import { listAllComments } from '../comments/comments.ts'
import type { Home } from '../gallery/local-settings.ts'
import type { Session } from '../gallery/session.ts'
import { trustedAccounts } from '../library/host-originals.ts'
import { readTagNames } from '../maintenance/check-album.ts'
import { recordFields } from '../maintenance/check-records.ts'
import { locatePhotos } from '../photos/locate.ts'
import { readHash, readHashes, readIds, readWholeSets, toRecord } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { readThumb } from '../thumbnails/read-thumbnail.ts'
import { allCollections, visibleCollections } from '../collections/visible-collections.ts'
import { listSelections } from '../selections/client-selections.ts'
import { readStatuses } from '../statuses/status-list.ts'
import { noParts, organisationFormat, type Part, type PartCounts, type PartOf } from './organisation.ts'

/** Photos read in one call, so that Redis answers others in between. */
const photosPerRead = 500
/** Thumbnails read in one call. */
const thumbnailsPerRead = 50

const known = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))

/** Rights, without those on collections that were removed: the file does not have these. */
const onThere = (grants: object, gone: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(grants).filter(([id]) => !gone.has(id)))

const accountsIn = (access: AccessRecord, gone: ReadonlySet<string>): Part[] =>
  namesIn(access).map((name) => {
    const { record, grants } = access.accounts.get(name) ?? { record: {}, grants: {} }
    const part = known({
      name,
      displayName: record['displayName'] || name,
      role: record['role'] === 'administrator' ? 'administrator' : 'member',
      created: record['created'],
      disabled: record['disabled'] === '1',
      canCreateAlbums: record['makes'] === '1',
      ownIdPrefix: record['stem'],
      rights: onThere(grants, gone),
    })
    return { list: 'accounts', part: part as PartOf<'accounts'> }
  })

const groupsIn = ({ groups }: AccessRecord, gone: ReadonlySet<string>): Part[] =>
  [...groups].map(([name, { record, members, grants }]) => {
    const { displayName = name, created } = record
    const part = known({
      name,
      displayName,
      created,
      members: members.toSorted(),
      rights: onThere(grants, gone),
    })
    return { list: 'groups', part: part as PartOf<'groups'> }
  })

const infoLimits = { title: maxTitleBytes, created: 64, by: 200, description: 40_000, cover: 32, deleted: 32 }

const albumPart = async (session: Session, access: AccessRecord, id: string): Promise<Part> => {
  const { redis, keys } = session
  const { deleted, ...info } = await readHash(redis, keys.albumInfo(id), infoLimits)
  const kept = deleted === undefined ? {} : await redis.hgetall(keys.keptRights(id))
  const { '*': guest, ...keptRights } = kept
  const part = known({
    id,
    ...info,
    public: access.publicAlbums.includes(id) || guest === 'read',
    shows: access.publicSwitches[id],
    tagNames: await readTagNames(session, id),
    deleted: deleted === undefined ? undefined : Number(deleted),
    keptRights: deleted === undefined ? undefined : keptRights,
  })
  return { list: 'albums', part: part as PartOf<'albums'> }
}

async function* photosOf({ redis, keys }: Session, album: string): AsyncGenerator<PartOf<'photos'>[]> {
  const listed = await readWholeSets(redis, [
    keys.albumPhotos(album),
    keys.albumTrash(album),
    keys.albumBehind(album),
  ])
  const ids = listed.flat().flatMap(({ id }) => id ?? [])
  for (const some of chunksOf(ids, photosPerRead)) {
    const rows = await readHashes(
      redis,
      some.map((id) => keys.photo(album, id)),
      recordFields,
    )
    yield some.flatMap((id, i) => {
      const fields = toRecord(Object.keys(recordFields), rows[i] ?? []) as Record<string, string>
      return fields['name'] ? [{ album, id, fields }] : [] // a record that is none: the doctor names it
    })
  }
}

async function* commentsIn(session: Session, album: string): AsyncGenerator<Part> {
  for (const comment of await listAllComments(session, album)) {
    const { writer, number, photo, name, visitor, text, spot, at, changedAt, hidden } = comment
    const part = { album, photo, writer, name, visitor, number, text, spot, at, changedAt, hidden }
    yield { list: 'comments', part }
  }
}

async function* selectionsIn(session: Session, album: string): AsyncGenerator<Part> {
  for (const { link, label, most, name, note, done, picks } of await listSelections(session, album))
    yield { list: 'selections', part: { album, link, label, most, name, note, done, picks } }
}

const addNew = (all: Map<string, string>, more: Record<string, string>) => {
  for (const [name, value] of Object.entries(more)) if (!all.has(name)) all.set(name, value)
}

/** The folders of this computer, and what was taken in from them. */
async function* filesOf(session: Session, home: Home): AsyncGenerator<Part> {
  const { redis, keys, host } = session
  for (const { path, album, file } of home.roots(keys.gallery))
    yield { list: 'roots', part: file ? { path, album, file } : { path, album } }
  // The session's own index comes first, and holds where another account's names the same path.
  const folders = new Map<string, string>()
  const files = new Map<string, string>()
  for (const account of await trustedAccounts(session)) {
    addNew(folders, await redis.hgetall(keys.folders(account, host)))
    addNew(files, await redis.hgetall(keys.library(account, host)))
  }
  for (const [folder, album] of folders) yield { list: 'folders', part: { folder, album } }
  for (const [path, entry] of files) yield { list: 'files', part: { path, entry } }
}

/** The thumbnails that are there: the others are made again from their originals. */
async function* thumbnailParts(session: Session, names: Set<string>): AsyncGenerator<Part> {
  for (const some of chunksOf([...names], thumbnailsPerRead)) {
    const found = await Promise.all(some.map((name) => readThumb(session, name).catch(unlessGone)))
    for (const [i, webp] of found.entries())
      if (webp) yield { list: 'thumbnails', part: { name: some[i] ?? '', webp: webp.toString('base64') } }
  }
}

const unlessGone = (error: unknown): null => {
  if (hasCode(error, 'NOT_FOUND')) return null
  throw error
}

/** The collections that are there, with those of their photos that are somewhere. */
async function* collectionParts(session: Session, access: AccessRecord): AsyncGenerator<Part> {
  const { redis, keys } = session
  for (const { id, title, smart, search, description, cover } of await visibleCollections(session)) {
    const info = await readHash(redis, keys.collectionInfo(id), { created: 64, by: 200 })
    const ids = await readIds(redis, keys.collectionPhotos(id))
    const there = new Set((await locatePhotos(session, ids)).map(({ photo }) => photo))
    const photos = ids.filter((photo) => there.has(photo))
    const shown = {
      public: access.publicAlbums.includes(id),
      photos,
      description,
      ...(smart ? { search } : {}),
    }
    const part = known({ id, title, ...info, ...shown, cover: cover ?? undefined })
    yield { list: 'collections', part: part as PartOf<'collections'> }
  }
}

interface ExportOptions {
  /** With the thumbnails, so that photos are seen where their originals are not. */
  thumbnails: boolean
}

async function* partsOf(session: Session, home: Home, options: ExportOptions): AsyncGenerator<Part> {
  const access = await readAccessRecord(session.redis, session.keys)
  const shown = new Set((await visibleCollections(session)).map(({ id }) => id))
  const gone = new Set((await allCollections(session)).filter((id) => !shown.has(id)))
  yield* accountsIn(access, gone)
  yield* groupsIn(access, gone)
  for (const part of await readStatuses(session)) yield { list: 'statuses', part }
  const albums = await knownAlbums(session)
  for (const id of albums) yield await albumPart(session, access, id)
  const thumbnails = new Set<string>()
  for (const id of albums)
    for await (const some of photosOf(session, id))
      for (const part of some) {
        if (options.thumbnails && part.fields['thumb']) thumbnails.add(part.fields['thumb'])
        yield { list: 'photos', part }
      }
  for (const album of albums) yield* commentsIn(session, album)
  for (const album of albums) yield* selectionsIn(session, album)
  yield* collectionParts(session, access)
  yield* filesOf(session, home)
  yield* thumbnailParts(session, thumbnails)
}

/**
 * Writes the organisation of a gallery as one JSON document, piece by piece: a line for each entry, so that memory does not
 * grow with the gallery. What is changed meanwhile may or may not be in it. Administrators.
 *
 * @param write takes a piece of text; the next one is made when it resolves
 * @returns how many entries each list has
 * @throws FORBIDDEN for other accounts
 */
export const exportOrganisation = (
  session: Session,
  home: Home,
  write: (text: string) => Promise<void>,
  options: ExportOptions,
): Promise<PartCounts> =>
  onRedis(async () => {
    if (!session.identity.administrator) throw new GalleryError('FORBIDDEN', 'exportHoldsAll')
    const head = {
      cimaise: 'organisation',
      format: organisationFormat,
      created: new Date().toISOString(),
      version: programVersion(),
      host: session.host,
    }
    const counts = noParts()
    let open: string | null = null
    await write(JSON.stringify(head, null, 1).slice(0, -2))
    for await (const { list, part } of partsOf(session, home, options)) {
      const start: string = open === list ? ',\n' : `${open === null ? '' : '\n ]'},\n "${list}": [\n`
      open = list
      counts[list]++
      await write(`${start}  ${JSON.stringify(part)}`)
    }
    await write(`${open === null ? '' : '\n ]'}\n}\n`)
    return counts
  })
