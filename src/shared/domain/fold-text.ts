/** A text as it is searched for: without case and accents. */
export const plainText = (text: string) =>
  // Most texts have no accents to take away.
  isAscii(text) ? text.toLowerCase() : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)
