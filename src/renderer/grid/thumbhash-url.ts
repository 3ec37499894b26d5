import { thumbHashToDataURL } from 'thumbhash'
import { Recent } from '../../shared/domain/recent.ts'

/** Pictures made of placeholders, a few kilobytes each. */
const made = new Recent<string>(2000)

/** A blurred stand-in for a thumbnail, out of the few bytes of its ThumbHash; null where they make no sense. */
export const placeholderUrl = (base64: string): string | null => {
  const known = made.get(base64)
  if (known) return known
  try {
    const url = thumbHashToDataURL(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)))
    made.set(base64, url)
    return url
  } catch {
    return null
  }
}
