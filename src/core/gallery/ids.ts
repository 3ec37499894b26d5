import { randomLetters } from '../../shared/domain/random-ids.ts'

/** 62^10 ids: among a million photos, the chance that two are alike is one in two million. */
export const newPhotoId = () => randomLetters(10)

/** What the ids of the albums of an account without an id prefix begin with: they name who made them. */
export const idPrefixOf = (account: string) => `${account}~`

/** Letters of which each of the last two of a family's ids is one. Of so many, what comes each second to sixth time is the same in each row. */
const lettersOfFamily = 60

/**
 * What the ids of the next albums of an account end with: six letters that they share, and the order of those that the last two are taken
 * from, which says nothing of when each album was made.
 */
export const newAlbumFamily = (): [stem: string, order: string] => {
  const order = new Set<string>()
  while (order.size < lettersOfFamily) order.add(randomLetters(1))
  return [randomLetters(6), [...order].join('')]
}

/**
 * What the ids of the albums begin with that an account makes as its own: rights to all of them are one key pattern. It
 * is not the name alone, as another account may have that name one day.
 */
export const newIdPrefix = (account: string) => `${account}~${randomLetters(4)}`

/** Whether a text is an id prefix, exactly: rights are made of it. */
export const isIdPrefix = (text: string): boolean => /^[a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{4}$/.test(text)

/** The id prefix of an album that an account made as its own; null for any other. */
export const ownIdPrefixOf = (album: string): string | null =>
  /^([a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{4})[0-9A-Za-z]{8}$/.exec(album)?.[1] ?? null

/** An account makes collections as its own where it has an id prefix; null: an administrator's. */
export const newCollectionId = (account: string, ownIdPrefix: string | null) =>
  `${ownIdPrefix ?? `${account}~`}-${randomLetters(8)}`

/** The id prefix of a collection that an account made as its own; null for any other. */
export const ownPrefixOfCollection = (collection: string): string | null =>
  /^([a-z0-9][a-z0-9._-]{0,31}~[0-9A-Za-z]{4})-[0-9A-Za-z]{8}$/.exec(collection)?.[1] ?? null
