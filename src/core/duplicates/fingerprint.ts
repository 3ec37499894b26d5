/**
 * How a picture looks, in a few numbers: the waves that its ThumbHash keeps (https://evanw.github.io/thumbhash/). The gallery
 * has one of each photo already, so that nothing is decoded to find what looks alike. Size, format and compression leave it
 * nearly as it is; another crop does not.
 */
export interface Fingerprint {
  /** Waves across and down, and whether there is transparency: pictures of other shapes are never alike. */
  shape: string
  /** Mean lightness and the two mean colour differences, 0 to 63 each. */
  means: [number, number, number]
  /** Strength of each wave, in parts of the whole range of lightness. */
  waves: Float32Array
  /** All waves together: how much there is to see. */
  strength: number
}

/** Below this a picture has nothing that could be compared, such as a plain wall: what differs then counts against this. */
const leastStrength = 0.05

/** Waves of lightness that a ThumbHash of so many across and down has. */
const waveCount = (across: number, down: number) => {
  let count = 0
  for (let y = 0; y < down; y++) for (let x = y === 0 ? 1 : 0; x * down < across * (down - y); x++) count++
  return count
}

/** Waves of each of the two colour differences: three across, three down. */
const colourWaves = waveCount(3, 3)

/**
 * Reads a ThumbHash, whose layout is that of its reference implementation; null for what is none, as a record in Redis is a
 * claim.
 *
 * @param base64 as a photo's record has it
 */
export const fingerprintOf = (base64: string): Fingerprint | null => {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < 5) return null
  const head = bytes.readUIntLE(0, 3)
  const more = bytes.readUInt16LE(3)
  const hasAlpha = head >> 23 !== 0
  const isLandscape = more >> 15 !== 0
  const full = hasAlpha ? 5 : 7
  const across = Math.max(3, isLandscape ? full : more & 7)
  const down = Math.max(3, isLandscape ? more & 7 : full)
  const start = hasAlpha ? 6 : 5
  const lightWaves = waveCount(across, down)
  const count = lightWaves + 2 * colourWaves
  if (bytes.length < start + Math.ceil(count / 2)) return null
  const scales = [((head >> 18) & 31) / 31, ((more >> 3) & 63) / 63, ((more >> 9) & 63) / 63]
  const waves = Float32Array.from({ length: count }, (_, n) => {
    const nibble = ((bytes[start + (n >> 1)] ?? 0) >> ((n & 1) << 2)) & 15
    const channel = n < lightWaves ? 0 : n < lightWaves + colourWaves ? 1 : 2
    return (nibble / 7.5 - 1) * (scales[channel] ?? 0)
  })
  return {
    shape: `${across} ${down} ${hasAlpha}`,
    means: [head & 63, (head >> 6) & 63, (head >> 12) & 63],
    waves,
    strength: Math.sqrt(waves.reduce((sum, wave) => sum + wave * wave, 0)),
  }
}

/**
 * How unlike two pictures of the same shape look, where it is no more than `limit`: 0 for the same waves, up to 0.1 for copies
 * of other sizes and quality, up to 0.4 for another exposure; real photos of different things begin at some 0.9. What differs
 * counts in parts of what there is, so that calm pictures are told apart as well as lively ones.
 *
 * @returns infinity beyond the limit
 */
export const distance = (a: Fingerprint, b: Fingerprint, limit = Number.MAX_VALUE): number => {
  let means = 0
  for (let n = 0; n < 3; n++) means += (((a.means[n] ?? 0) - (b.means[n] ?? 0)) / 63) ** 2
  const strength = Math.max(a.strength, b.strength, leastStrength)
  const left = (limit - Math.sqrt(means)) * strength
  if (left < 0 || Math.abs(a.strength - b.strength) > left) return Infinity
  let sum = 0
  for (let n = 0; n < a.waves.length; n++) {
    sum += ((a.waves[n] ?? 0) - (b.waves[n] ?? 0)) ** 2
    if (sum > left * left) return Infinity
  }
  return Math.sqrt(means) + Math.sqrt(sum) / strength
}
