import type { GeoBounds, GeoPoint } from '../../shared/domain/mercator.ts'
import type { PageHistory } from '../app/page-history.ts'
import { farthestZoom, fitted, settled, zoomed, type MapFrame } from './map-frame.ts'

type Shown = Pick<MapFrame, 'x' | 'y' | 'zoom'>

/** Where the map stands is noted once it has stood there for so long, in milliseconds. */
const noteMs = 300
/** Before it is known where photos are: all of the world. */
const world: Shown = { x: 0.5, y: 0.4, zoom: 0 }

/** Where the map stands. It is found there again when the page is left and comes back. */
export class MapStand {
  readonly #history: Pick<PageHistory, 'entry' | 'note'>
  #shown = $state.raw(world)
  /** It stands where the user has put it, or where it was before: nothing is fitted in by itself any more. */
  #settled = $state(false)
  /** Of the stage, in CSS pixels. */
  width = $state(0)
  height = $state(0)

  readonly frame = $derived.by(() => settled({ ...this.#shown, width: this.width, height: this.height }))

  constructor(history: Pick<PageHistory, 'entry' | 'note'>) {
    this.#history = history
    const before = history.entry.map
    if (before) this.show(before)
  }

  show = ({ x, y, zoom }: Shown) => {
    this.#shown = { x, y, zoom }
    this.#settled = true
  }

  zoom(by: number) {
    this.show(zoomed(this.frame, by))
  }

  fit(bounds: GeoBounds | null | undefined) {
    if (bounds) this.show(fitted(this.frame, bounds))
  }

  /** Puts a place into the middle, with what is around it. */
  goTo({ latitude, longitude }: GeoPoint) {
    this.fit({ south: latitude, west: longitude, north: latitude, east: longitude })
  }

  /** Brings photos nearer that stand together, by one zoom at least. */
  approach(bounds: GeoBounds) {
    const { frame } = this
    const nearer = fitted(frame, bounds, farthestZoom)
    const zoom = Math.max(nearer.zoom, Math.min(farthestZoom, frame.zoom + 1))
    this.show({ ...nearer, zoom })
  }

  /** The first answer says where photos are: the map then stands around them. To be run whenever what it reads changes. */
  begin(extent: GeoBounds | null | undefined) {
    if (!this.#settled && this.width > 0) this.fit(extent)
  }

  /** Notes where it stands. To be run whenever what it reads changes; returns the way to stop. */
  keep() {
    const map = this.#shown
    if (!this.#settled) return undefined
    const timer = setTimeout(() => this.#history.note({ map }), noteMs)
    return () => clearTimeout(timer)
  }
}
