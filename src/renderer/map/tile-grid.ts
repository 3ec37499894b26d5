import { worldPx, type MapFrame } from './map-frame.ts'

/** A picture of a part of the world, as web maps number them, and where it lies on the stage, in CSS pixels. */
interface Tile {
  /** Of its own also where the world is seen twice side by side. */
  key: string
  z: number
  x: number
  y: number
  left: number
  top: number
  size: number
}

const farthestTiles = 19

/** The tiles that cover a stage, at the zoom whose tiles are nearest to their own size. */
export const tilesOf = ({ x, y, zoom, width, height }: MapFrame): Tile[] => {
  if (width === 0 || height === 0) return []
  const z = Math.min(farthestTiles, Math.max(0, Math.round(zoom)))
  const count = 2 ** z
  const size = worldPx(zoom) / count
  const [left, top] = [width / 2 - x * worldPx(zoom), height / 2 - y * worldPx(zoom)]
  const tiles: Tile[] = []
  for (let row = Math.max(0, Math.floor(-top / size)); row < count && top + row * size < height; row++)
    for (let column = Math.floor(-left / size); left + column * size < width; column++)
      tiles.push({
        key: `${z}/${column}/${row}`,
        ...{ z, x: ((column % count) + count) % count, y: row },
        ...{ left: left + column * size, top: top + row * size, size },
      })
  return tiles
}
