import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atEnd } from './shared.ts'

/** A new empty folder that is gone after the test. */
export const temporaryFolder = (name = 'cimaise-test-'): string => {
  const folder = mkdtempSync(join(tmpdir(), name))
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))
  return folder
}
