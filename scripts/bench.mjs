/** `npm run bench [-- [--small] PART…]`: set-up, then measurements. The parts are in bench/index.ts. */
import { runSource } from './set-up/source.mjs'

await runSource('bench', { redis: true, chromium: true })
