/** The page's own files, which are the same for everybody. */
export const shellCache = 'cimaise-shell'
const thumbCachePrefix = 'cimaise-thumbs:'

/** The thumbnails that an account has seen, by whoever it is in which gallery. */
export const thumbCacheOf = (who: string) => `${thumbCachePrefix}${who}`

/** What the page tells its service worker: whose it is, and which of its files and thumbnails it has loaded, as paths. */
export type Told = { kind: 'who'; who: string } | { kind: 'seen'; who: string; paths: string[] }

/** Forgets the thumbnails that accounts have seen, but those of one. */
export const forgetThumbs = async (but?: string) => {
  const names = await caches.keys()
  const mine = but === undefined ? null : thumbCacheOf(but)
  await Promise.all(
    names
      .filter((name) => name.startsWith(thumbCachePrefix) && name !== mine)
      .map((name) => caches.delete(name)),
  )
}

/** The path of the page, below which all that it asks for lies; its service worker is beside it. */
export const pagePath = new URL('./', 'document' in globalThis ? document.baseURI : location.href).pathname

const below = (path: string) => (path.startsWith(pagePath) ? path.slice(pagePath.length) : '')

/** What may be kept: files of the page whose names hold a digest, and thumbnails, which are named by theirs. Nothing else ever is. */
export const isAsset = (path: string) => /^assets\/[\w.-]+$/.test(below(path))
export const isThumb = (path: string) => /^thumb\/[0-9a-f]{64}$/.test(below(path))
