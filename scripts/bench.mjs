/** `npm run bench [-- [--small] PART…]`: set-up, then measurements. The parts are in bench/index.ts. */
import, first-look, rescan, memory, organise, rights, claims, copies, window. */
=======
/** `npm run bench [-- [--small] PART…]`: set-up, then measurements. Parts: import, first-look, rescan, memory, organise, rights, claims, growth, http, window. */
>>>>>>> a98e895 (Measurements of galleries that grow to a million photos, and of thumbnails over HTTP against nginx and a bare server)
import { runSource } from './set-up/source.mjs'

await runSource('bench', { redis: true, chromium: true })
