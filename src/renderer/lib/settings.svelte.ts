import type { PhotoSort } from '../../shared/schemas.ts'

/** How this window shows photos: kept by the browser, as it is a matter of the screen and not of the gallery. */
interface Shown {
  thumbSize: number
  sort: PhotoSort
  descending: boolean
  info: boolean
}

const key = 'cimaise:shown'
const usual: Shown = { thumbSize: 176, sort: 'taken', descending: true, info: false }

const read = (): Shown => {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Shown>) }
  } catch {
    return usual
  }
}

export const smallest = 96
export const largest = 320

class Settings {
  #shown = $state(read())

  get thumbSize() {
    return Math.min(largest, Math.max(smallest, this.#shown.thumbSize))
  }

  get sort() {
    return this.#shown.sort
  }

  get descending() {
    return this.#shown.descending
  }

  get info() {
    return this.#shown.info
  }

  change(change: Partial<Shown>) {
    Object.assign(this.#shown, change)
    localStorage.setItem(key, JSON.stringify(this.#shown))
  }
}

export const settings = new Settings()
