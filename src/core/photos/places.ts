import { latitudeAt, longitudeAt, type GeoBounds } from '../../shared/domain/mercator.ts'
import type { PhotoPlaces, PhotoQuery } from '../../shared/schemas/photo.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { around, clustersIn, type Placed } from './clusters.ts'
import type { IndexedPhoto } from './indexed-photo.ts'
import { keptOf } from './photo-counts.ts'
import { lookedFor } from './looked-for.ts'
import { isFull } from './photo-index.ts'
import { summariesOf } from './photos.ts'
import { openGazetteer } from '../places/gazetteer.ts'
import { placeSteps, toDegrees, toSteps, xOfPlace, yOfPlace, type StepBounds } from './place.ts'
import { photosOfView } from './view-photos.ts'

interface PlacedAlbum extends Placed<IndexedPhoto> {
  /** Photos that nothing places. */
  unplaced: number
  /** Where the others were taken, all of them; null where there are none. */
  extent: StepBounds | null
}

const extentOf = (places: Float64Array): StepBounds | null => {
  if (places.length === 0) return null
  const all = { left: placeSteps, right: 0, top: placeSteps, bottom: 0 }
  for (const place of places) {
    const [x, y] = [xOfPlace(place), yOfPlace(place)]
    if (x < all.left) all.left = x
    if (x > all.right) all.right = x
    if (y < all.top) all.top = y
    if (y > all.bottom) all.bottom = y
  }
  return all
}

const placedOf = (all: readonly IndexedPhoto[]): PlacedAlbum => {
  const photos = all.filter(({ place }) => place >= 0)
  const places = Float64Array.from(photos, ({ place }) => place)
  return { photos, places, unplaced: all.length - photos.length, extent: extentOf(places) }
}

/** What the towns are called that photos were taken near. */
const townNamer = async (photos: readonly IndexedPhoto[]) => {
  if (!photos.some(({ town }) => town >= 0)) return () => null
  const gazetteer = await openGazetteer()
  return ({ town }: IndexedPhoto) => {
    if (town < 0) return null
    const { name, country } = gazetteer.town(town)
    return { name, country }
  }
}

/** Of whole albums, kept as long as these are what they were. */
const placedInAlbum = keptOf((photos) => placedOf([...photos.values()]))

const nothing: PhotoPlaces = { clusters: [], placed: 0, unplaced: 0, extent: null, whole: true }

/**
 * Where the photos of a view were taken, as a map shows it: those of a part of the world at a zoom, put together where they would hide
 * one another. It is counted in memory; `whole` is false, and nothing is counted, where a gallery does not fit into what indexes may
 * take. Of the trash there is no map.
 */
export const placesOf = (
  session: Session,
  asked: PhotoQuery,
  { bounds, zoom }: { bounds: GeoBounds; zoom: number },
): Promise<PhotoPlaces> =>
  onRedis(async () => {
    const view = await lookedFor(session, asked)
    if (!view || view.trash) return nothing
    if (isFull(session)) return { ...nothing, whole: false }
    const albums = (await photosOfView(session, view)).map(({ index, shown }) =>
      shown === null ? placedInAlbum(index.photos) : placedOf(shown),
    )
    const extents = albums.flatMap(({ extent }) => extent ?? [])
    const clusters = clustersIn(albums, toSteps(bounds), zoom)
    const samples = await summariesOf(
      session,
      clusters.map(({ sample: { album, id } }) => ({ album, id })),
    )
    const nearOf = await townNamer(clusters.map(({ sample }) => sample))
    return {
      clusters: clusters.flatMap(({ photos, x, y, bounds: own, sample: last }, i) => {
        const sample = samples[i]
        const latitude = latitudeAt((y / photos + 0.5) / placeSteps)
        const longitude = longitudeAt((x / photos + 0.5) / placeSteps)
        const near = nearOf(last)
        return sample ? [{ latitude, longitude, photos, bounds: toDegrees(own), sample, near }] : []
      }),
      placed: albums.reduce((sum, { photos }) => sum + photos.length, 0),
      unplaced: albums.reduce((sum, one) => sum + one.unplaced, 0),
      extent: extents.length > 0 ? toDegrees(around(extents)) : null,
      whole: true,
    }
  })
