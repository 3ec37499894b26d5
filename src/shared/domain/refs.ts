/** Which photo stands at an index of a view. */
export interface PhotoLocation {
  id: string
  album: string
  /** What the album lists here is no photo's id; `id` only stands in for it. */
  damaged?: true
}

/** A photo and where it is, as one text: `album/photo`. */
export const refOf = ({ album, id }: { album: string; id: string }): string => `${album}/${id}`

export const parseRef = (ref: string): { album: string; id: string } => {
  const at = ref.indexOf('/')
  return { album: ref.slice(0, at), id: ref.slice(at + 1) }
}

/** Photos by the album that they are in. */
export const byAlbum = (refs: Iterable<string>): Map<string, string[]> => {
  const albums = new Map<string, string[]>()
  for (const ref of refs) {
    const { album, id } = parseRef(ref)
    const photos = albums.get(album)
    if (photos) photos.push(id)
    else albums.set(album, [id])
  }
  return albums
}
