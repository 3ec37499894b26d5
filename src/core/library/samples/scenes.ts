/** The scenes of the sample photos: drawn as SVG from a seed, so that they are the same every time. */

export interface Scene {
  width: number
  height: number
  seed: number
}

/** Numbers from 0 to 1 that look random and follow from the seed (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type Random = ReturnType<typeof randomFrom>

const hsl = (hue: number, saturation: number, lightness: number) =>
  `hsl(${hue.toFixed(0)} ${saturation.toFixed(0)}% ${lightness.toFixed(0)}%)`

const mix = (from: number, to: number, share: number) => from + (to - from) * share

const gradient = (id: string, stops: [offset: number, colour: string, opacity?: number][]) =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('')}</linearGradient>`

/** Heights of a ridge: midpoint displacement between two ends. */
const ridge = (random: Random, points: number, roughness: number): number[] => {
  let heights = [random(), random()]
  for (let spread = 1; heights.length < points; spread *= roughness)
    heights = heights.flatMap((height, i) => {
      const next = heights[i + 1]
      return next === undefined ? [height] : [height, (height + next) / 2 + (random() - 0.5) * spread]
    })
  return heights
}

const silhouette = (heights: number[], { width, height }: Scene, base: number, rise: number) => {
  const points = heights.map(
    (value, i) => `${((i / (heights.length - 1)) * width).toFixed(1)},${(base - value * rise).toFixed(1)}`,
  )
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}

const radial = (id: string, stops: [offset: number, colour: string, opacity: number][]) =>
  `<radialGradient id="${id}" r="0.8">${stops
    .map(
      ([offset, colour, opacity]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join('')}</radialGradient>`

const picture = ({ width, height }: Scene, defs: string, content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${defs}` +
  `${radial('vignette', [
    [0.4, '#000', 0],
    [0.7, '#000', 0.1],
    [1, '#000', 0.34],
  ])}</defs>` +
  `${content}<rect width="100%" height="100%" fill="url(#vignette)"/></svg>`

/** A sun or moon with the glow that air gives it. */
const disc = (x: number, y: number, radius: number, colour: string) =>
  radial('halo', [
    [0, colour, 0.75],
    [0.25, colour, 0.3],
    [0.6, colour, 0],
  ]) +
  `<circle cx="${x}" cy="${y}" r="${radius * 7}" fill="url(#halo)"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`

/** Ridge behind ridge, each nearer one darker: what air does to distance. */
export const mountains = (scene: Scene): string => {
  const { width, height, seed } = scene
  const random = randomFrom(seed)
  const hue = mix(195, 260, random())
  const glow = mix(12, 45, random())
  const layers = 6
  const sky = gradient('sky', [
    [0, hsl(hue, 45, mix(35, 62, random()))],
    [0.55, hsl(glow, 70, 78)],
    [1, hsl(glow, 60, 86)],
  ])
  const mist = gradient('mist', [
    [0, hsl(glow, 50, 88), 0],
    [1, hsl(glow, 50, 88), 0.55],
  ])
  const ridges = Array.from({ length: layers }, (_, i) => {
    const depth = i / (layers - 1)
    const path = silhouette(
      ridge(random, 260, 0.52),
      scene,
      height * mix(0.52, 0.98, depth),
      height * mix(0.3, 0.2, depth),
    )
    const veil = i < layers - 1 ? `<path d="${path}" fill="url(#mist)"/>` : ''
    return `<path d="${path}" fill="${hsl(hue + depth * 14, mix(22, 34, depth), mix(68, 9, depth ** 0.8))}"/>${veil}`
  })
  const sun = disc(
    width * mix(0.2, 0.8, random()),
    height * mix(0.22, 0.4, random()),
    height * 0.035,
    hsl(glow, 95, 92),
  )
  return picture(
    scene,
    sky + mist,
    `<rect width="100%" height="100%" fill="url(#sky)"/>${sun}${ridges.join('')}`,
  )
}

/** Light on water: short strokes below the sun, wider the nearer they are. */
const glints = (random: Random, x: number, from: number, { width, height }: Scene, colour: string) =>
  Array.from({ length: 260 }, () => {
    const depth = random() ** 1.6
    const y = mix(from + 2, height, depth)
    const reach = mix(width * 0.02, width * 0.22, depth)
    const length = mix(6, width * 0.05, depth) * (0.4 + random())
    const at = x + (random() + random() - 1) * reach - length / 2
    return `<rect x="${at.toFixed(1)}" y="${y.toFixed(1)}" width="${length.toFixed(1)}" height="${mix(1.2, 6, depth).toFixed(1)}" rx="2" fill="${colour}" fill-opacity="${mix(0.75, 0.25, depth).toFixed(2)}"/>`
  }).join('')

/** The sea under a low sun, with headlands. */
export const coast = (scene: Scene): string => {
  const { width, height, seed } = scene
  const random = randomFrom(seed)
  const warm = mix(8, 48, random())
  const cool = mix(190, 225, random())
  const horizon = height * mix(0.46, 0.6, random())
  const x = width * mix(0.25, 0.75, random())
  const sky = gradient('sky', [
    [0, hsl(cool, 48, 46)],
    [0.35, hsl(mix(cool, 330, 0.4), 34, 68)],
    [0.58, hsl(warm, 82, 74)],
  ])
  const sea = gradient('sea', [
    [0, hsl(mix(cool, warm, 0.15), 34, 62)],
    [0.3, hsl(cool, 42, 36)],
    [1, hsl(cool + 10, 52, 14)],
  ])
  const headland = (depth: number, left: boolean) => {
    const heights = ridge(random, 130, 0.5).map((value, i, all) => {
      const along = i / (all.length - 1)
      return Math.max(0, (0.25 + value) * (left ? 1 - along * 2.1 : along * 2.1 - 1.1))
    })
    const points = heights.map(
      (value, i) =>
        `${((i / (heights.length - 1)) * width).toFixed(1)},${(horizon - value * height * 0.2).toFixed(1)}`,
    )
    return `<path d="M0,${horizon} L${points.join(' L')} L${width},${horizon} Z" fill="${hsl(cool + 12, 26, mix(44, 18, depth))}"/>`
  }
  const light = hsl(warm, 96, 86)
  const rocks = silhouette(ridge(random, 260, 0.6), scene, height * 1.02, height * 0.14)
  return picture(
    scene,
    sky + sea,
    `<rect width="100%" height="100%" fill="url(#sky)"/>${disc(x, horizon - height * mix(0.05, 0.16, random()), height * 0.04, light)}` +
      `${headland(0.2, random() < 0.5)}${headland(0.9, random() < 0.5)}` +
      `<rect y="${horizon}" width="100%" height="${height - horizon}" fill="url(#sea)"/>${glints(random, x, horizon, scene, light)}` +
      `<path d="${rocks}" fill="${hsl(cool, 30, 6)}"/>`,
  )
}

const windows = (random: Random, x: number, y: number, wide: number, tall: number, cell: number) => {
  const lit: string[] = []
  for (let row = y + cell; row < y + tall - cell; row += cell)
    for (let column = x + cell * 0.6; column < x + wide - cell * 0.8; column += cell)
      if (random() < 0.4)
        lit.push(
          `<rect x="${column.toFixed(1)}" y="${row.toFixed(1)}" width="${(cell * 0.5).toFixed(1)}" height="${(cell * 0.6).toFixed(1)}" fill="${hsl(mix(28, 52, random()), 88, mix(55, 82, random()))}" fill-opacity="${mix(0.5, 1, random()).toFixed(2)}"/>`,
        )
  return lit.join('')
}

const skyline = (random: Random, { width, height }: Scene, base: number, depth: number, hue: number) => {
  const blocks: string[] = []
  for (let x = -width * 0.02; x < width;) {
    const wide = width * mix(0.03, 0.085, random()) * mix(0.7, 1.1, depth)
    const tall = height * mix(0.1, 0.42, random() ** 1.5) * mix(1.15, 0.8, depth)
    blocks.push(
      `<rect x="${x.toFixed(1)}" y="${(base - tall).toFixed(1)}" width="${wide.toFixed(1)}" height="${tall.toFixed(1)}" fill="${hsl(hue, 34, mix(20, 7, depth))}"/>`,
      windows(random, x, base - tall, wide, tall, height * mix(0.011, 0.018, depth)),
    )
    x += wide * mix(0.95, 1.25, random())
  }
  return blocks.join('')
}

/** Dark strokes that break up what is mirrored. */
const ripples = (random: Random, { width, height }: Scene, from: number, colour: string) =>
  Array.from({ length: 320 }, () => {
    const depth = random()
    const length = mix(width * 0.04, width * 0.2, random())
    const [x, y] = [random() * (width + length) - length, mix(from + 2, height, depth)]
    return `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${length.toFixed(1)}" height="${mix(1.5, 5, depth).toFixed(1)}" rx="2" fill="${colour}" fill-opacity="0.6"/>`
  }).join('')

/** A city by the water at night, and its lights upside down. */
export const city = (scene: Scene): string => {
  const { width, height, seed } = scene
  const random = randomFrom(seed)
  const hue = mix(215, 275, random())
  const base = height * mix(0.66, 0.76, random())
  const sky = gradient('sky', [
    [0, hsl(hue, 55, 8)],
    [0.5, hsl(hue + 15, 46, 20)],
    [0.78, hsl(mix(hue, 370, 0.55), 52, 40)],
  ])
  const water = gradient('water', [
    [0, hsl(hue, 45, 7), 0.35],
    [1, hsl(hue, 55, 4), 0.95],
  ])
  const stars = Array.from({ length: 140 }, () => {
    const size = mix(0.6, 2.1, random() ** 3)
    return `<circle cx="${(random() * width).toFixed(1)}" cy="${(random() * height * 0.5).toFixed(1)}" r="${size.toFixed(2)}" fill="#fff" fill-opacity="${mix(0.2, 0.9, random()).toFixed(2)}"/>`
  })
  const moon =
    random() < 0.6
      ? disc(
          width * mix(0.15, 0.85, random()),
          height * mix(0.12, 0.3, random()),
          height * 0.035,
          hsl(48, 40, 92),
        )
      : ''
  const town = skyline(random, scene, base, 0, hue) + skyline(random, scene, base, 1, hue)
  return picture(
    scene,
    `${sky}${water}`,
    `<rect width="100%" height="100%" fill="url(#sky)"/>${stars.join('')}${moon}<g>${town}</g>` +
      `<g transform="translate(0 ${2 * base}) scale(1 -1)">${town}</g>` +
      `<rect y="${base}" width="100%" height="${height - base}" fill="url(#water)"/>${ripples(random, scene, base, hsl(hue, 50, 6))}`,
  )
}
