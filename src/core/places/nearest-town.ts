import { around, distance } from 'geokdbush'
import type { TownTable } from './town-table.ts'

/** No place is said to be near a town that is farther away. */
const farthestKm = 80
/** Towns that are weighed: those of a large city's suburbs and the city itself. */
const weighed = 24
/** A town is as large as if so many people lived on each square kilometre of a disc. */
const peopleOfKm2 = 10_000
/** Added to the radius of each town, so that a village counts where one stands in it. */
const leastKm = 1.5

/**
 * The town that people would name: the distance from its middle is set against its size, so that the edge of a city is not told as
 * the suburb whose middle is nearer.
 */
export const nearestTown = (
  { index, latitudes, longitudes, inhabitants }: Omit<TownTable, 'fieldsOf' | 'withName'>,
  latitude: number,
  longitude: number,
): { town: number; km: number } | null => {
  let best: { town: number; km: number; score: number } | null = null
  for (const town of around(index, longitude, latitude, weighed, farthestKm)) {
    const km = distance(longitude, latitude, longitudes[town] ?? 0, latitudes[town] ?? 0)
    const radius = Math.sqrt((inhabitants[town] ?? 0) / peopleOfKm2 / Math.PI)
    const score = km / (radius + leastKm)
    if (!best || score < best.score) best = { town, km, score }
  }
  return best && { town: best.town, km: best.km }
}
