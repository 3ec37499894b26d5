import { LazyComponent } from '../ui/lazy/lazy-component.svelte.ts'

/** Most galleries have no photo that is adjusted among those that are looked at first. */
export const lazyAdjusted = new LazyComponent(async () => (await import('./AdjustedPicture.svelte')).default)
