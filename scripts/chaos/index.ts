/**
 * Prints what happens to a gallery on several machines while they fail one after the other. Exit code 1 where anything that was
 * acknowledged is lost, a right was wider than its record, a call was refused, or changes stood still for more than 10 s.
 */
import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { canNamespace } from './network.ts'
import { runChaos, type ChaosResult } from './run.ts'
import type { Kind } from './set-ups.ts'

const maxOutageMs = 10_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    faults: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    copies: { type: 'string' },
  },
})
const kinds: Kind[] =
  positionals.length > 0
    ? positionals.filter((name) => name === 'sentinel' || name === 'cluster')
    : ['sentinel', 'cluster']
const apart = canNamespace()
if (!apart)
  console.log(
    'Without root on Linux no machine can be cut off, and no disk be filled: they are killed and stopped only.',
  )

const counted = (values: string[]) => {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].map(([value, count]) => `${count} × ${value}`).join(', ')
}

const summary = ({ acknowledged, done, unknown, refused, losses, breaches, outages }: ChaosResult) => {
  const sorted = outages.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number) => ((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) / 1000).toFixed(1)
  console.log(
    `${outages.length} faults, ${acknowledged} changes acknowledged (${done} of them after their answer was lost), ${unknown} unknown`,
  )
  console.log(`without a change for: median ${at(0.5)} s, 9 of 10 below ${at(0.9)} s, longest ${at(1)} s`)
  console.log(`refused: ${refused.length === 0 ? 'none' : counted(refused)}`)
  console.log(
    `rights wider than the record: ${breaches.length === 0 ? 'never' : breaches.map(({ node, lateMs }) => `${node} ${lateMs} ms after`).join(', ')}`,
  )
  console.log(`lost: ${losses.length === 0 ? 'nothing' : losses.join('\n      ')}`)
  return (
    losses.length === 0 &&
    breaches.length === 0 &&
    refused.length === 0 &&
    sorted.every((ms) => ms <= maxOutageMs)
  )
}

for (const kind of kinds) {
  console.log(`\n${kind}`)
  const result = await runChaos({
    ...{ kind, apart, faults: Number(values.faults), seed: Number(values.seed) },
    copies: values.copies === undefined ? undefined : Number(values.copies),
    ...{ root: resolve(import.meta.dirname, '../..'), say: console.log },
  })
  if (!summary(result)) process.exitCode = 1
}
process.exit()
