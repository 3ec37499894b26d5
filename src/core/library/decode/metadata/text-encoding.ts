const utf8 = new TextDecoder('utf-8', { fatal: true })
const western = new TextDecoder('windows-1252')
const little = new TextDecoder('utf-16le')
const big = new TextDecoder('utf-16be')

const isUtf8Mark = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf

/** Text that is UTF-8, or else Windows's Western one: what most programs write that do not say which. */
export const decodeText = (bytes: Uint8Array): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return western.decode(bytes)
  }
}

/** UTF-16 in either order of bytes: by its mark, else by where the zeros of Western letters stand. */
export const decodeUtf16 = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return little.decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return big.decode(bytes)
  let [even, odd] = [0, 0]
  for (let at = 0; at < bytes.length; at += 2) {
    if (bytes[at] === 0) even += 1
    if (bytes[at + 1] === 0) odd += 1
  }
  return (even > odd ? big : little).decode(bytes)
}

/** Text of a file of its own, or of an XMP packet: UTF-8 or UTF-16, by its first bytes. */
export const decodePacket = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  const isWide =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0
  if (isWide) return decodeUtf16(bytes)
  return decodeText(isUtf8Mark(bytes) ? bytes.subarray(3) : bytes)
}

const codeNames: [name: string, decode: (bytes: Uint8Array) => string][] = [
  ['ASCII\0\0\0', decodeText],
  ['UNICODE\0', decodeUtf16],
  ['JIS\0\0\0\0\0', (bytes) => new TextDecoder('iso-2022-jp').decode(bytes)],
]

/** EXIF's UserComment, whose first eight bytes say how it is written. */
export const decodeComment = (bytes: Uint8Array): string => {
  const name = String.fromCharCode(...bytes.subarray(0, 8))
  const decode = codeNames.find(([known]) => known === name)?.[1]
  if (decode) return decode(bytes.subarray(8))
  return decodeText(/^\0+$/.test(name) ? bytes.subarray(8) : bytes)
}

/** The escape sequence by which IPTC says that it is UTF-8. */
export const isUtf8Escape = (text: string): boolean => text.includes('\u001b%G')
