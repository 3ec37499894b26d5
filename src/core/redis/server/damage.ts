import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Check } from '../../../shared/schemas/gallery.ts'
import { readText, writeWhole } from './files.ts'

/** What a power cut took from the append-only file, as far as it is known. */
const Damage = z.object({
  /** When it was noticed: ISO 8601. */
  at: z.string(),
  file: z.string(),
  /** Bytes that could not be read, and those before them that could. */
  lost: z.number().int(),
  kept: z.number().int(),
  /** Folder with the files as they were found; null where the disk had no room for it. */
  copy: z.string().nullable(),
})
export type Damage = z.infer<typeof Damage>

const name = 'damage.json'

/** Every damage that was noticed, the oldest first. */
const readDamages = (directory: string): Damage[] => {
  try {
    return z.array(Damage).parse(JSON.parse(readText(directory, name) || '[]'))
  } catch {
    return []
  }
}

/** Notes a damage, so that it can be told later; a full disk is no reason to keep the gallery closed. */
export const addDamage = (directory: string, damage: Damage): Damage => {
  try {
    writeWhole(directory, name, `${JSON.stringify([...readDamages(directory), damage], null, 2)}\n`)
  } catch {
    // The supervisor's log has it too.
  }
  return damage
}

const number = (n: number) => n.toLocaleString('en')

/** A damage in words. */
export const damageWords = ({ at, file, lost, kept, copy }: Damage): string =>
  `${number(lost)} bytes at the end of ${file} could not be read, as after a power cut, and were cut off on ${at}; ` +
  `the ${number(kept)} bytes of changes before them are there. ` +
  (copy ? `A copy of the damaged files is in ${copy}` : 'The disk had no room for a copy')

/** The last damage, for as long as its copy is kept; null where there is none. */
export const lastDamage = (directory: string): Damage | null =>
  readDamages(directory).findLast(({ copy }) => copy !== null && existsSync(copy)) ?? null

/** The same as the doctor says it. */
export const aboutDamage = (directory: string): Check[] => {
  const last = lastDamage(directory)
  return last ? [{ what: 'Append-only file', state: 'warning', detail: damageWords(last) }] : []
}
