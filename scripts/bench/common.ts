import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { watchProcesses } from './watch-processes.ts'

export const root = resolve(import.meta.dirname, '../..')

/** `--small`: a run of a minute that shows whether each part works; its figures mean little. */
const small = process.argv.includes('--small')

/** A size of a measurement: the full one, or the one of a `--small` run. */
export const sized = <T>(full: T, inSmall: T): T => (small ? inSmall : full)

/** A gallery of its own for one measurement; its Redis runs all the while, so that starting it is not measured. */
export interface BenchGallery {
  gallery: Gallery
  env: NodeJS.ProcessEnv
  folder: string
}

export const withGallery = async (work: (bench: BenchGallery) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-bench-'))
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_'))
  const env = { ...Object.fromEntries(own), CIMAISE_HOME: join(folder, 'home') }
  const gallery = await openGallery({ env })
  try {
    await work({ gallery, env, folder })
  } finally {
    await gallery.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }
}

/** Runs the built command line and returns its JSON answer, the seconds that it took, of a processor too, and its peak memory; throws where it has no answer. */
export const cimaise = (env: NodeJS.ProcessEnv, ...args: string[]) => startCimaise(env, ...args).ended

/** The same while it runs. `peak`, `used`: what it took so far. */
export const startCimaise = (env: NodeJS.ProcessEnv, ...args: string[]) => {
  const begin = performance.now()
  const child = spawn(process.execPath, [join(root, 'out/main/cli.js'), ...args, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
  const watched = watchProcesses(() => (child.pid ? [child.pid] : []))
  const finish = async () => {
    const [code] = (await once(child, 'close')) as [number | null]
    watched.end()
    const [peak, used] = [watched.peak(), watched.used()]
    const seconds = (performance.now() - begin) / 1000
    // An import of which some files could not be read ends with 1, and has an answer all the same.
    if (!out) throw new Error(`cimaise ${args.join(' ')} ended with ${String(code)} and no answer`)
    return { seconds, peak, used, answer: JSON.parse(out) as Record<string, unknown> }
  }
  return { begin, peak: watched.peak, used: watched.used, ended: finish() }
}

export const isInstalled = (program: string, asked = '--version') =>
  spawnSync(program, [asked], { stdio: 'ignore' }).status === 0

/** One line of the report. */
export const report = (what: string, value: string, note = '') => {
  console.log(`${what.padEnd(46)} ${value.padStart(14)}${note ? `   ${note}` : ''}`)
}

export const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`
export const megabytes = (value: number) => `${Math.round(value / 1e6).toLocaleString('en')} MB`
export const ratio = (value: number) => value.toFixed(2)

/** The middle one of several measurements. */
export const median = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
