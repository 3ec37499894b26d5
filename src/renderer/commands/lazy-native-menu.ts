import { LazyComponent } from '../ui/lazy/lazy-component.svelte.ts'

/** The menus of the desktop app, which a browser has no use for. */
export const lazyNativeMenu = new LazyComponent(async () => (await import('./NativeMenu.svelte')).default)
