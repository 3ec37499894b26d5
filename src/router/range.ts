/** A part of what is sent. */
interface Span {
  /** First and last byte, both counted in. */
  first: number
  last: number
}

/**
 * The part of a file that a Range header asks for (RFC 9110, section 14); `all` without one that can be met as a single
 * part; `none` where the file has no such bytes.
 */
export const spanOf = (range: string | null, size: number): Span | 'all' | 'none' => {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return 'all'
  if (from === '')
    return to === '0' || size === 0 ? 'none' : { first: Math.max(0, size - Number(to)), last: size - 1 }
  const [first, last] = [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
  if (to !== '' && Number(to) < first) return 'all'
  return first >= size ? 'none' : { first, last }
}

/** Whether a part may be sent: If-Range names this very content, by a strong tag or by its date. */
export const isSameAs = (condition: string | null, tag: string, modified: string) =>
  condition === null || (condition === tag && !tag.startsWith('W/')) || condition === modified
