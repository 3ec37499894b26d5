import type { PhotoSummary } from '../../shared/schemas/photo.ts'

/** What the window of the gallery tells the one for the picture alone. */
export interface Shown {
  kind: 'shown'
  /** Null where there is none. */
  photo: PhotoSummary | null
  /** What may be next, which is prepared. */
  around: PhotoSummary[]
}

/** What the window for the picture tells the other one: that it is there, or that it was leafed in it. */
export type Told = { kind: 'here' } | { kind: 'step'; by: 1 | -1 }

/** Only windows of one origin in one browser hear each other, which have the session in common. */
export const openChannel = (id: string): BroadcastChannel => new BroadcastChannel(`cimaise:picture:${id}`)

const placeKey = 'cimaise:picture-window'

/** Where the window for the picture stands, and how large it is, for a browser to open it there again. */
export const notePlace = () => {
  const { screenX: left, screenY: top, innerWidth: width, innerHeight: height } = window
  localStorage.setItem(placeKey, `left=${left},top=${top},width=${width},height=${height}`)
}

/** The features of a window that is opened where the last one was left. */
export const placeFeatures = (): string => {
  const kept = localStorage.getItem(placeKey) ?? ''
  const place = /^left=-?\d+,top=-?\d+,width=\d+,height=\d+$/.test(kept) ? kept : 'width=1280,height=820'
  return `popup,${place}`
}
