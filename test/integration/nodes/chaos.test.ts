import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runChaos } from '../../../scripts/chaos/run.ts'

/** A short share of `npm run chaos`: machines are killed and stopped; to be cut off they would need networks of their own. */
test.for(['sentinel', 'cluster'] as const)(
  'while machines of a gallery fail one after the other, nothing that was acknowledged is lost and nobody is refused (%s)',
  { timeout: 240_000 },
  async (kind) => {
    const root = resolve(import.meta.dirname, '../../..')
    const result = await runChaos({ kind, faults: 3, seed: 5, apart: false, root })
    expect(result.losses).toEqual([])
    expect(result.breaches).toEqual([])
    expect(result.refused).toEqual([])
    expect(result.acknowledged).toBeGreaterThan(100)
  },
)
