import type { copyLink as copy } from './copy-link.ts'

/** The desktop window has no address that others could open. */
export const hasLinks = () => window.desktop === undefined

/** As the one of copy-link.ts, which comes with the dialogs. */
export const copyLink: typeof copy = async (needs, shown) =>
  (await import('./lazy-dialogs.ts')).copyLink(needs, shown)
