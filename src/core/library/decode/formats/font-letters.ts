/** A table of an OpenType font; null where it has none of that name. */
const tableOf = (font: Buffer, name: string): Buffer | null => {
  for (let n = 0; n < font.readUInt16BE(4); n++) {
    const entry = font.subarray(12 + 16 * n)
    if (entry.toString('latin1', 0, 4) === name) return font.subarray(entry.readUInt32BE(8))
  }
  return null
}

/** Format 4: segments of the first 65,536 letters, each by a difference or by an array. */
const ofSegments = (map: Buffer, found: Set<number>) => {
  const size = map.readUInt16BE(6)
  const [ends, starts, differences, offsets] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size] as const
  for (let at = 0; at < size; at += 2) {
    const [start, end] = [map.readUInt16BE(starts + at), map.readUInt16BE(ends + at)]
    const [difference, offset] = [map.readUInt16BE(differences + at), map.readUInt16BE(offsets + at)]
    for (let letter = start; letter <= end && letter < 0xffff; letter++) {
      const drawn = offset === 0 ? letter : map.readUInt16BE(offsets + at + offset + 2 * (letter - start))
      if (drawn !== 0 && ((drawn + difference) & 0xffff) !== 0) found.add(letter)
    }
  }
}

/** Format 12: groups of letters of all of Unicode. */
const ofGroups = (map: Buffer, found: Set<number>) => {
  for (let n = 0; n < map.readUInt32BE(12); n++) {
    const at = 16 + 12 * n
    const [start, end] = [map.readUInt32BE(at), map.readUInt32BE(at + 4)]
    const first = map.readUInt32BE(at + 8)
    for (let letter = start; letter <= end; letter++) if (first + letter - start !== 0) found.add(letter)
  }
}

/**
 * The letters that a font of ours draws, as numbers of Unicode.
 *
 * @see https://learn.microsoft.com/en-us/typography/opentype/spec/cmap
 */
export const lettersOf = (font: Buffer): ReadonlySet<number> => {
  const [table, found] = [tableOf(font, 'cmap'), new Set<number>()]
  for (let n = 0; table && n < table.readUInt16BE(2); n++) {
    const map = table.subarray(table.readUInt32BE(8 + 8 * n))
    const isUnicode = [0, 3].includes(table.readUInt16BE(4 + 8 * n))
    if (isUnicode && map.readUInt16BE(0) === 4) ofSegments(map, found)
    if (isUnicode && map.readUInt16BE(0) === 12) ofGroups(map, found)
  }
  return found
}
