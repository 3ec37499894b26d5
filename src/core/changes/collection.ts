import type { Change, Changed } from '../../shared/schemas/change.ts'
import { chunksOf } from '../../shared/domain/chunks.ts'
import { searchText } from '../../shared/domain/saved-search.ts'
import { maxPhotosPerCall } from '../../shared/domain/limits.ts'
import { GalleryError } from '../../shared/errors.ts'
import { collectionRegistry, registryOfCollection } from '../collections/visible-collections.ts'
import { meantIn } from '../collections/collected.ts'
import { newCollectionId } from '../gallery/ids.ts'
import { locatePhotos } from '../photos/locate.ts'
import { callFunction } from '../redis/call-function.ts'
import { pairsOf } from '../redis/pairs.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'

type Kind<K extends Change['kind']> = Extract<Change, { kind: K }>

/** Photos of one collection, so that it can be read and put in order in one step. */
const maxCollected = 10_000

/** The keys of the functions that change which photos a collection has, in their order. */
const photoKeys = ({ session: { keys, account } }: ChangeContext, collection: string) => [
  keys.acts(account),
  keys.collectionInfo(collection),
  keys.collectionPhotos(collection),
  keys.collectionEvents(collection),
]

/** Makes a collection. Administrators, and accounts that may make albums. */
export const makeCollection = async (
  context: ChangeContext,
  { title, search }: Kind<'create-collection'>,
): Promise<Changed> => {
  if (context.mode === 'check') return done(0, 0, [])
  const { redis, keys, account, identity } = context.session
  const id = newCollectionId(account, identity.ownIdPrefix)
  const { collections, events } = collectionRegistry(keys, identity.ownIdPrefix)
  const touched = [keys.acts(account), collections, keys.collectionInfo(id), events]
  const stored = search === undefined ? '' : searchText(search)
  const args = [account, context.act, id, title, new Date().toISOString(), stored]
  await callFunction(redis, 'create-collection', touched, args)
  return done(1, 0, [{ kind: 'delete-collection', collection: id }], { collection: id })
}

const removeOrRestore = async (context: ChangeContext, collection: string, now: number | '') => {
  const { redis, keys, account } = context.session
  const { collections, events } = registryOfCollection(keys, collection)
  const touched = [
    keys.acts(account),
    collections,
    keys.collectionInfo(collection),
    events,
    keys.collectionEvents(collection),
  ]
  await callFunction(redis, 'remove-collection', touched, [...scriptArgs(context), collection, now])
}

/** Removes a collection: its photos stay in their albums. Administrators, and who made it. */
export const deleteCollection = async (
  context: ChangeContext,
  { collection }: Kind<'delete-collection'>,
): Promise<Changed> => {
  await removeOrRestore(context, collection, Date.now())
  return context.mode === 'check' ? done(0, 0, []) : done(1, 0, [{ kind: 'restore-collection', collection }])
}

/** Brings a collection back with its order and its rights. Administrators, and who made it. */
export const restoreCollection = async (
  context: ChangeContext,
  { collection }: Kind<'restore-collection'>,
): Promise<Changed> => {
  await removeOrRestore(context, collection, '')
  if (context.mode === 'check') return done(0, 0, [])
  return done(1, 0, [{ kind: 'delete-collection', collection }], { collection })
}

/** Places that photos had, as what puts them there again. */
const placesAgain = (collection: string, rows: [photo: string, place: string][]): Change[] =>
  chunksOf(rows, maxPhotosPerCall).map((some) => ({
    kind: 'collect',
    collection,
    values: some.map(([photo, place]) => ({ photo, at: Number(place) || 0 })),
  }))

/** Puts photos into a collection. Those that the caller may not see are left out. INVALID where it would hold too many. */
export const collectPhotos = async (
  context: ChangeContext,
  { collection, values }: Kind<'collect'>,
): Promise<Changed> => {
  const { session } = context
  const located = await locatePhotos(
    session,
    values.map(({ photo }) => photo),
  )
  const seen = new Set(located.map(({ photo }) => photo))
  const mine = values.filter(({ photo }) => seen.has(photo))
  const skipped = values.length - mine.length
  if (context.mode !== 'free' && skipped > 0) throw new GalleryError('CONFLICT', 'changedMeanwhile')
  const rows = mine.flatMap(({ photo, at }) => [photo, at ?? ''])
  const args = [...scriptArgs(context), maxCollected, ...rows]
  const reply = await callFunction(session.redis, 'collect-photos', photoKeys(context, collection), args)
  const changed = pairsOf(reply)
  const came = changed.filter(([, former]) => former === '').map(([photo]) => photo)
  return done(changed.length, skipped, [
    ...placesAgain(
      collection,
      changed.filter(([, former]) => former !== ''),
    ),
    ...chunksOf(came, maxPhotosPerCall).map((photos): Change => ({ kind: 'uncollect', collection, photos })),
  ])
}

/** Takes photos out of a collection. */
export const uncollectPhotos = async (
  context: ChangeContext,
  { collection, photos }: Kind<'uncollect'>,
): Promise<Changed> => {
  // What undoes a change names the photos themselves.
  const isSeen = context.mode === 'free'
  const meant = isSeen ? (await meantIn(context.session, collection, photos)).flat() : photos
  const args = [...scriptArgs(context), ...meant]
  const touched = photoKeys(context, collection)
  const gone = pairsOf(await callFunction(context.session.redis, 'uncollect-photos', touched, args))
  const skipped = context.mode === 'check' ? 0 : meant.length - gone.length
  return done(gone.length, skipped, placesAgain(collection, gone))
}

/** Puts photos of a collection between two others of it. CONFLICT where these are gone. */
export const arrangePhotos = async (
  context: ChangeContext,
  { collection, photos, after, before }: Kind<'arrange'>,
): Promise<Changed> => {
  if (photos.some((id) => id === after || id === before)) throw new GalleryError('INVALID', 'besideItself')
  const neighbours = [after ?? '', before ?? '']
  const [behind = [], front = [], ...meant] = await meantIn(context.session, collection, [
    ...neighbours,
    ...photos,
  ])
  const moving = meant.flat()
  const args = [...scriptArgs(context), behind.at(-1) ?? '', front[0] ?? '', maxCollected, ...moving]
  const touched = photoKeys(context, collection)
  const moved = pairsOf(await callFunction(context.session.redis, 'arrange-photos', touched, args))
  const asked = new Set(moving)
  const changed = moved.filter(([photo]) => asked.has(photo)).length
  return done(changed, 0, placesAgain(collection, moved))
}
