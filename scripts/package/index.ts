/** `npm run package -- --rehearse`: a package without Electron in it, and what it holds. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rehearse } from './rehearse.ts'

const bytesBelow = (path: string): number =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + bytesBelow(join(path, name)), 0)
    : statSync(path).size

const folder = mkdtempSync(join(tmpdir(), 'cimaise-package-'))
try {
  const resources = await rehearse(folder)
  console.log('\nBeside Electron go into the package:')
  for (const name of readdirSync(resources))
    console.log(`${(bytesBelow(join(resources, name)) / 1e6).toFixed(1).padStart(8)} MB  resources/${name}`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
