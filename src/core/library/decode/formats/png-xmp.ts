import { crc32 } from 'node:zlib'

/** Signature and the chunk IHDR, after which a text may stand. */
const headBytes = 8 + 25

/**
 * A PNG with an XMP packet in it. libvips writes one as a compressed text in Latin-1, which hardly any program looks for.
 *
 * @see XMP, part 3, 1.1.5 (PNG): a chunk iTXt, uncompressed, with the keyword `XML:com.adobe.xmp`
 */
export const withPngXmp = (png: Buffer, xmp: string): Buffer => {
  const data = Buffer.from(`iTXtXML:com.adobe.xmp\0\0\0\0\0${xmp}`)
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(data.length - 4)
  check.writeUInt32BE(crc32(data))
  return Buffer.concat([png.subarray(0, headBytes), size, data, check, png.subarray(headBytes)])
}
