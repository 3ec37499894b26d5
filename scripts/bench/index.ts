/** Prints figures, each with its reference measured in the same run. A part that cannot be measured is said, and is exit code 1. */
import { cpus } from 'node:os'
import { benchClaims } from './claims.ts'
import { benchCopies } from './copies.ts'
import { benchFirstLook } from './first-look.ts'
import { benchFrames } from './frames/index.ts'
import { benchGiving } from './giving/index.ts'
import { benchGrowth } from './growth/index.ts'
import { benchHttp } from './http/index.ts'
import { benchImport } from './import.ts'
import { benchLeafing } from './looking/leafing.ts'
import { benchLooking } from './looking/index.ts'
import { benchMemory } from './memory.ts'
import { benchOrganise } from './organise.ts'
import { benchRescan } from './rescan.ts'
import { benchRights } from './rights.ts'
import { benchSearch } from './search.ts'
import { benchWindow } from './window.ts'

const parts: Record<string, () => Promise<void>> = {
  import: benchImport,
  'first-look': benchFirstLook,
  rescan: benchRescan,
  memory: benchMemory,
  organise: benchOrganise,
  rights: benchRights,
  claims: benchClaims,
  copies: benchCopies,
  giving: benchGiving,
  growth: benchGrowth,
  http: benchHttp,
  search: benchSearch,
  window: benchWindow,
  frames: benchFrames,
  looking: benchLooking,
  leafing: benchLeafing,
}

const wanted = process.argv.slice(2).filter((name) => name !== '--small')
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`)
  process.exit(2)
}
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`)
for (const [name, bench] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(`\n${name}`)
  try {
    await bench()
  } catch (error) {
    console.error(`${name} could not be measured:`, error)
    process.exitCode = 1
  }
}
