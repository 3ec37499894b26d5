import type { Change, Changed } from '../../shared/schemas/change.ts'
import { createAlbum } from '../albums/create-album.ts'
import { GalleryError } from '../../shared/errors.ts'
import { AlbumTitle } from '../../shared/schemas/album.ts'
import { foldTitle, maxTitleBytes } from '../albums/albums.ts'
import { registryOf } from '../albums/album-registry.ts'
import { applyRights } from '../access/apply-acl.ts'
import { readHash } from '../redis/claims.ts'
import { onRedis } from '../redis/errors.ts'
import { callFunction } from '../redis/call-function.ts'
import type { Session } from '../gallery/session.ts'
import { describedValue } from './described-value.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

type Kind<K extends Change['kind']> = Extract<Change, { kind: K }>

/** Makes an album. CONFLICT where the title is taken. Administrators. */
export const makeAlbum = async (
  context: ChangeContext,
  { title }: Kind<'create-album'>,
): Promise<Changed> => {
  if (context.mode === 'check') return done(0, 0, [])
  const { outcome, id } = await createAlbum(context.session, { title, act: context.act })
  if (outcome === 'taken') throw new GalleryError('CONFLICT', 'albumTaken', { title })
  return done(1, 0, [{ kind: 'delete-album', album: id, ifEmpty: true }], { album: id })
}

type Titles = Kind<'rename-albums'>['titles']

const renameInBook = async (context: ChangeContext, titles: Titles): Promise<number> => {
  const { redis, keys, account } = context.session
  const registry = registryOf(keys, titles[0]?.album ?? '')
  const touched = [
    keys.acts(account),
    registry.titles,
    registry.events,
    ...titles.flatMap(({ album }) => [keys.albumInfo(album), keys.albumEvents(album)]),
  ]
  const rows = titles.flatMap(({ album, from, to }) => [album, from, foldTitle(from), to, foldTitle(to)])
  return callFunction(redis, 'rename-albums', touched, [...scriptArgs(context), ...rows])
}

const backwards = (titles: Titles): Titles =>
  titles.map(({ album, from, to }) => ({ album, from: to, to: from }))

/**
 * Gives albums other titles, all or none. CONFLICT where one is taken. Administrators, and accounts for albums that they
 * made as their own.
 */
export const renameAlbums = async (
  context: ChangeContext,
  { titles }: Kind<'rename-albums'>,
): Promise<Changed> => {
  const { keys } = context.session
  const registries = [...Map.groupBy(titles, ({ album }) => registryOf(keys, album).titles).values()]
  const renamed: Titles[] = []
  let changed = 0
  try {
    for (const registry of registries) {
      changed += await renameInBook(context, registry)
      renamed.push(registry)
    }
  } catch (error) {
    if (context.mode !== 'check')
      for (const registry of renamed) await renameInBook(context, backwards(registry)).catch(() => undefined)
    throw error
  }
  return done(changed, 0, [{ kind: 'rename-albums', titles: backwards(titles) }])
}

/** Sets an album's description or cover. */
export const describeAlbum = async (
  context: ChangeContext,
  { album, field, to, from }: Kind<'describe-album'>,
): Promise<Changed> => {
  const { redis, keys, account } = context.session
  const value = describedValue(field, to)
  const touched = [keys.acts(account), keys.albumInfo(album), keys.albumEvents(album)]
  const expected = from === undefined ? '' : `=${from ?? ''}`
  const args = [...scriptArgs(context), album, field, value, expected]
  const former = await callFunction(redis, 'describe-album', touched, args)
  const undo: Change = { kind: 'describe-album', album, field, to: former || null, from: value || null }
  return former === value ? done(0, 0, []) : done(1, 0, [undo])
}

/** The title of an album; its id where it has none, or none that can be one. */
const titleOf = async ({ redis, keys }: Session, album: string): Promise<string> => {
  const { title } = await onRedis(() => readHash(redis, keys.albumInfo(album), { title: maxTitleBytes }))
  return AlbumTitle.safeParse(title).data ?? album
}

/** What a function needs of everybody's rights: the keys of their grants, and whose they are. */
const everybody = async ({ redis, keys }: Session) => {
  const [accounts, groups] = await onRedis(() =>
    Promise.all([redis.smembers(keys.users), redis.smembers(keys.groups)]),
  )
  return {
    subjects: [...accounts, ...groups.map((group) => `group:${group}`)],
    grants: [
      ...accounts.map((account) => keys.grants(account)),
      ...groups.map((group) => keys.groupGrants(group)),
    ],
  }
}

/** The first keys of the functions by which an album goes into the trash and comes back, in their order. */
const keysInAndOut = ({ keys, account }: Session, album: string): string[] => {
  const registry = registryOf(keys, album)
  return [
    keys.acts(account),
    registry.titles,
    registry.albums,
    keys.deletedAlbums,
    keys.public,
    keys.albumInfo(album),
    keys.keptRights(album),
  ]
}

/** Puts an album into the trash, with its photos. No member may see it until it comes back. Administrators. */
export const deleteAlbum = async (
  context: ChangeContext,
  { album, ifEmpty }: Kind<'delete-album'>,
): Promise<Changed> => {
  const { redis, keys } = context.session
  const title = await titleOf(context.session, album)
  const { subjects, grants } = await everybody(context.session)
  const touched = [
    ...keysInAndOut(context.session, album),
    keys.albumPhotos(album),
    registryOf(keys, album).events,
    keys.rights,
    ...grants,
  ]
  const args = [
    ...scriptArgs(context),
    album,
    foldTitle(title),
    Date.now(),
    ifEmpty ? 'empty' : '',
    ...subjects,
  ]
  await callFunction(redis, 'delete-album', touched, args)
  if (context.mode === 'check') return done(0, 0, [])
  await onRedis(() => applyRights(redis, keys))
  return done(1, 0, [{ kind: 'restore-album', album }])
}

/** The title itself, then the title with a number, without end. */
function* titlesLike(title: string): Generator<string> {
  yield title
  for (let n = 2; ; n++) yield `${title.slice(0, 192)} (${n})`
}

/** Brings an album back from the trash, under its title or, where that is taken, one with a number. Administrators. */
export const restoreAlbum = async (
  context: ChangeContext,
  { album }: Kind<'restore-album'>,
): Promise<Changed> => {
  const { redis, keys } = context.session
  const title = await titleOf(context.session, album)
  const { subjects, grants } = await everybody(context.session)
  const touched = [
    ...keysInAndOut(context.session, album),
    registryOf(keys, album).events,
    keys.rights,
    keys.purging,
    ...grants,
  ]
  for (const name of titlesLike(title)) {
    const args = [...scriptArgs(context), album, name, foldTitle(name), ...subjects]
    if ((await callFunction(redis, 'restore-album', touched, args)) === 1) break
  }
  if (context.mode === 'check') return done(0, 0, [])
  await onRedis(() => applyRights(redis, keys))
  return done(1, 0, [{ kind: 'delete-album', album }], { album })
}
