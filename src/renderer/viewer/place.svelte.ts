/** At which scale a photo lies on a stage, and which part of it is in the middle. Photos that share one lie alike. */
export class Place {
  /** CSS pixels for one pixel of the photo; null: as large as fits. */
  scale = $state<number | null>(null)
  /** Of the photo's middle from the stage's middle, in parts of the photo's width and height. */
  x = $state(0)
  y = $state(0)

  take({ scale, x, y }: { scale: number | null; x: number; y: number }) {
    Object.assign(this, { scale, x, y })
  }
}
