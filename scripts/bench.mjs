/** `npm run bench [-- [--small] PART…]`: set-up, then measurements. Parts: import, first-look, rescan, memory, organise, rights, claims, copies, window. */
import { runSource } from './set-up/source.mjs'

await runSource('bench', { redis: true, chromium: true })
