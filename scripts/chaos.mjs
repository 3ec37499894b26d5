/** `npm run chaos [-- sentinel|cluster --faults N --seed N]`: set-up, then a gallery on several machines that fail in turn. */
import { runSource } from './set-up/source.mjs'

await runSource('chaos', { redis: true })
