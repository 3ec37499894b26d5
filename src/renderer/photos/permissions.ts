import { mayComment } from '../../shared/domain/access.ts'
import type { StatusSetters } from '../../shared/schemas/status.ts'
import type { Album } from '../../shared/schemas/album.ts'
import { parseRef } from '../../shared/domain/refs.ts'

/** The albums that the user may modify. Redis decides; this tells what to offer. */
const modifiable = (albums: Album[]): Map<string, Album> =>
  new Map(albums.filter(({ right }) => right === 'modify').map((album) => [album.id, album]))

/** Those of some photos whose status the user may set. `setters`: from which right on an album that is so. */
export const statusable = (albums: Album[], refs: string[], setters: StatusSetters): string[] => {
  if (setters === 'modify') return changeable(albums, refs)
  const mine = new Set(albums.filter(({ right }) => mayComment(right)).map(({ id }) => id))
  return refs.filter((ref) => mine.has(parseRef(ref).album))
}

/** Those of some photos that the user may change. */
export const changeable = (albums: Album[], refs: string[]): string[] => {
  const mine = modifiable(albums)
  return refs.filter((ref) => mine.has(parseRef(ref).album))
}
