import type { NearTown } from '../../shared/schemas/place-name.ts'
import { latitudeAt, longitudeAt } from '../../shared/domain/mercator.ts'
import { placeSteps, xOfPlace, yOfPlace } from '../photos/place.ts'
import { openGazetteer, type Gazetteer } from './gazetteer.ts'

/** Places of one cell are near one town: it has this many steps a side, some 130 m. Photos mostly stand together. */
const cellSteps = 2 ** 8
const cellsAcross = placeSteps / cellSteps
/** Cells whose towns are kept. */
const maxKeptCells = 100_000

const townsOfCells = new Map<number, number>()

/** The town that a place (core/photos/place.ts) is near, by the middle of its cell; -1 for none. */
const townAt = (gazetteer: Gazetteer, place: number): number => {
  const [column, row] = [Math.floor(xOfPlace(place) / cellSteps), Math.floor(yOfPlace(place) / cellSteps)]
  const cell = column * cellsAcross + row
  const known = townsOfCells.get(cell)
  if (known !== undefined) return known
  const [x, y] = [(column + 0.5) / cellsAcross, (row + 0.5) / cellsAcross]
  const town = gazetteer.nearest(latitudeAt(y), longitudeAt(x))?.town ?? -1
  if (townsOfCells.size >= maxKeptCells) townsOfCells.clear()
  townsOfCells.set(cell, town)
  return town
}

/** Says of photos which town they were taken near, where they have a place. The gazetteer is read when the first of them comes. */
export const nameTowns = async (photos: Iterable<{ place: number; town: number }>): Promise<void> => {
  const placed = [...photos].filter(({ place }) => place >= 0)
  if (placed.length === 0) return
  const gazetteer = await openGazetteer()
  for (const photo of placed) photo.town = townAt(gazetteer, photo.place)
}

/** What a place is told as; null where it is not known, or no town is near. */
export const nearPlace = async (
  latitude: number | null,
  longitude: number | null,
): Promise<NearTown | null> => {
  if (latitude === null || longitude === null) return null
  const gazetteer = await openGazetteer()
  const found = gazetteer.nearest(latitude, longitude)
  if (!found) return null
  const { name, country } = gazetteer.town(found.town)
  return { name, country, km: Math.round(found.km) }
}
