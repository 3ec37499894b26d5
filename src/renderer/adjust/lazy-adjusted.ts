import { LazyComponent } from '../ui/lazy/lazy-component.svelte.ts'

/** What adjusts photos comes with its first use, or before that, when the window has nothing else to do. */
export const adjustRoom = () => import('./room.ts')

/** Most galleries have no photo that is adjusted among those that are looked at first. */
export const lazyAdjusted = new LazyComponent(async () => (await adjustRoom()).AdjustedPicture)

/** What adjusts one photo. */
export const lazyAdjustMode = new LazyComponent(async () => (await adjustRoom()).AdjustMode)
