/**
 * `npm run check:licences`: the licence of each package that is shipped, and a refusal of those that are unknown or do not go
 * with ours (docs/adr/0001-mit-licence.md). Reads the lock file, which names the packages of all systems: what happens to be
 * installed here is only this system's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Permissive, or weak copyleft for each file of the package alone (MPL-2.0), which we ship unchanged. */
const compatible = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'MPL-2.0',
]

/** Weak copyleft of a shared library: fit where the package holds it as files of its own, which users may exchange. */
const asSharedLibrary = ['LGPL-3.0-or-later']
const sharedLibraries = /^@img\/sharp-/

/** Packages for development that become part of what is built: the page's, and the program that runs it. */
const bundled = ['@noble/hashes', 'electron', 'svelte', 'topojson-client', 'world-atlas']

/** Data that lie in the project itself under CC BY 4.0: shipped where every language of the page names author and licence. */
const attributed = [
  { name: 'GeoNames (src/core/places)', licence: 'CC-BY-4.0', named: /GeoNames.*CC BY 4\.0/ },
]

/** Data that are shipped, judged by the texts of the page in each language. */
export const judgeData = (texts: string[]): Judged[] =>
  attributed.map(({ name, licence, named }) => ({
    name,
    licence,
    objection: texts.every((text) => named.test(text)) ? null : 'is not named in the page in each language',
  }))

/** A package as a lock file describes it. */
interface Locked {
  license?: string
  dev?: boolean
}

export interface Judged {
  name: string
  /** An SPDX expression; `?` where the package names none. */
  licence: string
  objection: string | null
}

/** Whether an SPDX expression can be met: one side of an OR, both sides of an AND. */
const meets = (licence: string, allowed: string[]) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => allowed.includes(one)))

const objectionTo = (name: string, licence: string | undefined) => {
  if (!licence) return 'names no licence'
  const allowed = sharedLibraries.test(name) ? [...compatible, ...asSharedLibrary] : compatible
  return meets(licence, allowed) ? null : 'is not among those that go with ours'
}

/**
 * Each package that is shipped, by name.
 *
 * @param {Record<string, Locked>} packages `packages` of a lock file, version 3.
 */
export const judge = (packages: Record<string, Locked>): Judged[] =>
  Object.entries(packages)
    .map(([path, locked]) => ({ ...locked, name: path.slice(path.lastIndexOf('node_modules/') + 13), path }))
    .filter(({ path, dev, name }) => path !== '' && (!dev || bundled.includes(name)))
    .map(({ name, license }) => ({ name, licence: license ?? '?', objection: objectionTo(name, license) }))
    .sort((a, b) => a.name.localeCompare(b.name))

if (import.meta.main) {
  const file = join(import.meta.dirname, '../../package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, Locked> }
  const messages = join(import.meta.dirname, '../../src/shared/messages')
  const texts = readdirSync(messages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(messages, name, 'rooms.json'), 'utf8'))
  const judged = [...judge(lock.packages), ...judgeData(texts)]
  if (!process.argv.includes('--quiet'))
    for (const { name, licence } of judged) console.log(`${name.padEnd(44)} ${licence}`)
  const objections = judged.filter(({ objection }) => objection)
  for (const { name, licence, objection } of objections) console.error(`${name}: ${licence} ${objection}`)
  process.exitCode = objections.length > 0 ? 1 : 0
}
