import type { Change, Changed } from '../../shared/schemas/change.ts'
import { searchText } from '../../shared/domain/saved-search.ts'
import { CollectionTitle } from '../../shared/schemas/collection.ts'
import { readSearch } from '../collections/saved-search.ts'
import { callFunction } from '../redis/call-function.ts'
import { done, scriptArgs, type ChangeContext } from './change-context.ts'
import { describedValue } from './described-value.ts'

type Kind<K extends Change['kind']> = Extract<Change, { kind: K }>

/** The keys of the functions that change what is said of a collection, in their order. */
const infoKeys = ({ session: { keys, account } }: ChangeContext, collection: string) => [
  keys.acts(account),
  keys.collectionInfo(collection),
  keys.collectionEvents(collection),
]

/** Gives a collection another title. */
export const renameCollection = async (
  context: ChangeContext,
  { collection, to, from }: Kind<'rename-collection'>,
): Promise<Changed> => {
  const args = [...scriptArgs(context), collection, to, from ?? '']
  const touched = infoKeys(context, collection)
  const former = await callFunction(context.session.redis, 'rename-collection', touched, args)
  if (former === to) return done(0, 0, [])
  // Whoever may modify it may have written anything there by hand.
  const title = CollectionTitle.safeParse(former)
  return done(
    1,
    0,
    title.success ? [{ kind: 'rename-collection', collection, to: title.data, from: to }] : [],
  )
}

/** Sets a field of a collection; what stood there before. `from`: what must stand there, where the change is strict. */
const setField = (
  context: ChangeContext,
  collection: string,
  { field, to, from }: { field: 'description' | 'cover' | 'search'; to: string; from: string | undefined },
): Promise<string> => {
  const expected = from === undefined ? '' : `=${from}`
  const args = [...scriptArgs(context), collection, field, to, expected]
  return callFunction(context.session.redis, 'describe-collection', infoKeys(context, collection), args)
}

/** Has a smart album look for something else. NOT_FOUND for any other collection. */
export const searchCollection = async (
  context: ChangeContext,
  { collection, to, from }: Kind<'search-collection'>,
): Promise<Changed> => {
  const wanted = searchText(to)
  const expected = from && searchText(from)
  const former = await setField(context, collection, { field: 'search', to: wanted, from: expected })
  if (former === wanted) return done(0, 0, [])
  // What cannot be read is not written again.
  const search = readSearch(former)
  return done(1, 0, search ? [{ kind: 'search-collection', collection, to: search, from: to }] : [])
}

/** Describes a collection, or chooses the photo that stands for it. */
export const describeCollection = async (
  context: ChangeContext,
  { collection, field, to, from }: Kind<'describe-collection'>,
): Promise<Changed> => {
  const value = describedValue(field, to)
  const expected = from === undefined ? undefined : (from ?? '')
  const former = await setField(context, collection, { field, to: value, from: expected })
  if (former === value) return done(0, 0, [])
  return done(1, 0, [
    { kind: 'describe-collection', collection, field, to: former || null, from: value || null },
  ])
}
