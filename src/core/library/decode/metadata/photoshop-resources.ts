/** What Photoshop's resources hold of metadata. */
export interface PhotoshopResources {
  iptc: Buffer | null
  /** A TIFF. */
  exif: Buffer | null
  xmp: Buffer | null
}

const signatures = new Set(['8BIM', 'MeSa', 'AgHg', 'PHUT', 'DCSR'])
const kinds: Partial<Record<number, keyof PhotoshopResources>> = { 1028: 'iptc', 1058: 'exif', 1060: 'xmp' }

/**
 * Takes the metadata out of a chain of Photoshop's resources, the first of each kind that is not empty. What makes no sense
 * ends the chain.
 *
 * @see Adobe Photoshop File Formats Specification, Image Resource Blocks; the signatures beside 8BIM: exiftool's Photoshop.pm
 */
export const photoshopResources = (bytes: Buffer): PhotoshopResources => {
  const found: PhotoshopResources = { iptc: null, exif: null, xmp: null }
  let at = 0
  while (at + 12 <= bytes.length && signatures.has(bytes.toString('latin1', at, at + 4))) {
    const kind = kinds[bytes.readUInt16BE(at + 4)]
    // Its name has a length byte, and fills up to an even number of bytes with it.
    const sizeAt = at + 6 + (((bytes[at + 6] ?? 0) + 2) & ~1)
    if (sizeAt + 4 > bytes.length) break
    const size = bytes.readUInt32BE(sizeAt)
    if (kind && size > 0) found[kind] ??= bytes.subarray(sizeAt + 4, sizeAt + 4 + size)
    at = sizeAt + 4 + size + (size & 1)
  }
  return found
}
