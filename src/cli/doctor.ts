import { diagnose } from '../core/maintenance/diagnose.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Check, Finding, Health } from '../shared/schemas/gallery.ts'
import { withClient } from './client.ts'
import { count, printable, type Output } from './output.ts'

const signs = { ok: '  ok ', warning: 'warn ', problem: 'FAIL ' }
const bytes = (n: number | null) => (n === null ? 'unknown' : `${n.toLocaleString('en')} bytes`)

/** Thumbnails may be dropped by a Redis that is full, and are left behind for a while: neither loses anything. */
const isGrave = ({ what }: Finding) => !what.startsWith('thumbnails')

const findingWords = (findings: Finding[] | undefined): string[] => {
  if (!findings) return []
  if (findings.length === 0) return [`${signs.ok} Gallery: everything holds together`]
  return findings.map((finding) => {
    const { what, count: n, example } = finding
    return `${signs[isGrave(finding) ? 'problem' : 'warning']} ${n} ${what}, such as ${printable(example)}`
  })
}

const checkWords = (checks: Check[]) =>
  checks.map(
    ({ what, state, detail }) =>
      `${signs[state]} ${what}: ${detail.split('\n').map(printable).join('\n      ')}`,
  )

const healthWords = (health: Health & { findings?: Finding[] }) => [
  ...checkWords(health.checks),
  ...findingWords(health.findings),
  `      ${count(health.photos, 'photo')} in ${count(health.albums, 'album')}`,
  `      a photo takes ${bytes(health.metadataBytes)} of metadata and ${bytes(health.thumbnailBytes)} of thumbnail`,
]

/** Where the gallery does not open, what keeps it from that is looked for from outside. */
const runDiagnosis = async (out: Output, reason: GalleryError): Promise<number> => {
  out.answer({ checks: await diagnose(process.env, reason) }, ({ checks }) => checkWords(checks))
  return 1
}

/**
 * `doctor`: whether Redis and the gallery are well; `--check` walks all of it, `--repair` rebuilds its indexes and then
 * tells what is left. Exit code 1 where something is not well, or where the gallery does not open.
 */
export const runDoctor = async (
  out: Output,
  { check, repair }: { check?: boolean; repair?: boolean },
): Promise<number> => {
  let opened = false
  try {
    return await withClient(async (client) => {
      opened = true
      const health = await client.gallery.health()
      if (repair) await client.gallery.check({ repair: true })
      const findings = check || repair ? await client.gallery.check({ repair: false }) : undefined
      out.answer({ ...health, ...(findings ? { findings } : {}) }, healthWords)
      const bad = health.checks.some(({ state }) => state === 'problem') || findings?.some(isGrave)
      return bad ? 1 : 0
    })
  } catch (error) {
    // oxlint-disable-next-line typescript/no-unnecessary-condition -- set once the gallery is open
    if (opened || !(error instanceof GalleryError)) throw error
    return runDiagnosis(out, error)
  }
}
