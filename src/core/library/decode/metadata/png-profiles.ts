import { inflateSync } from 'node:zlib'

/** Profiles of one file that are looked at, and how long one may be, in bytes: metadata are shorter. */
const limits = { profiles: 16, bytes: 4_000_000 }

const keyword = /^Raw profile type [\w ]{1,20}$/

/** ImageMagick writes a line break, the profile's name, its length, and then its bytes in hexadecimal. */
const profileIn = (text: string): Buffer | null => {
  const hex = /^\s*[\w ]+\n\s*\d+\n([\da-f\s]+)/i.exec(text)?.[1]
  return hex === undefined ? null : Buffer.from(hex.replace(/\s+/g, ''), 'hex')
}

const textOf = (type: string, data: Buffer, from: number): string => {
  if (type === 'tEXt') return data.toString('latin1', from)
  // Behind the keyword stands the method of compression, of which there is one.
  return inflateSync(data.subarray(from + 1), { maxOutputLength: 3 * limits.bytes }).toString('latin1')
}

/**
 * EXIF, IPTC and XMP that programs of before 2017 put into texts of a PNG, as PNG had no place for them.
 *
 * @see ImageMagick, coders/png.c; PNG 1.2, 4.2.3
 */
export const pngProfiles = (png: Buffer): Buffer[] => {
  const found: Buffer[] = []
  for (let at = 8; at + 12 <= png.length && found.length < limits.profiles;) {
    const size = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + size)
    at += 12 + size
    const end = data.subarray(0, 80).indexOf(0)
    if (!['tEXt', 'zTXt'].includes(type) || size > limits.bytes || end < 0) continue
    if (!keyword.test(data.toString('latin1', 0, end))) continue
    try {
      const profile = profileIn(textOf(type, data, end + 1))
      if (profile) found.push(profile)
    } catch {
      // damaged, or far too long once it is inflated
    }
  }
  return found
}
