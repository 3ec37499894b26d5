/** What a file of a stack is, by its MIME type. */
export type FileKind = 'picture' | 'raw' | 'video'

/** RAW files have types after their makers: `image/x-canon-cr2`, `image/x-adobe-dng`, `image/x-raw`. */
export const fileKind = (type: string): FileKind => {
  if (type.startsWith('video/')) return 'video'
  return /^image\/x-(raw$|[a-z]+-)/.test(type) && !type.startsWith('image/x-portable-') ? 'raw' : 'picture'
}

/** What a file is called in a badge: `RAW`, `JPEG`, `HEIC`. */
export const formatOf = (type: string): string => {
  if (fileKind(type) === 'raw') return 'RAW'
  const [, format = ''] = /^[a-z]+\/(?:x-|vnd\.adobe\.)?([\w-]{1,20})/.exec(type) ?? []
  return (format === 'quicktime' ? 'mov' : format).toUpperCase()
}

/** Photos that one photo has behind it, at most. */
export const maxBehind = 15

/** What a stack is called, by the kinds of its files; `files` where it is neither of the usual pairs. */
export const stackKind = (types: string[]): 'raw' | 'live' | 'files' => {
  const kinds = types.map(fileKind).sort().join(' ')
  if (kinds === 'picture raw') return 'raw'
  return kinds === 'picture video' ? 'live' : 'files'
}
