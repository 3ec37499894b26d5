import type { Album } from '../../shared/schemas/album.ts'
import { parseRef } from '../../shared/domain/refs.ts'

/** The albums that the user may modify. Redis decides; this tells what to offer. */
const modifiable = (albums: Album[]): Map<string, Album> =>
  new Map(albums.filter(({ right }) => right === 'modify').map((album) => [album.id, album]))

/** Those of some photos that the user may change. */
export const changeable = (albums: Album[], refs: string[]): string[] => {
  const mine = modifiable(albums)
  return refs.filter((ref) => mine.has(parseRef(ref).album))
}
