import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { drawCard, nameAll, titles, untitledCard } from '../../support/torture/cards.ts'
import { startLibrary, takeIn } from '../../support/library.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Mounts an empty drive; null where this account may not. */
const mountDrive = (place: string, type: string): (() => void) | null => {
  try {
    execFileSync('mount', ['-t', type, 'none', place], { stdio: 'ignore' })
  } catch {
    return null
  }
  let isMounted = true
  const unmount = () => {
    if (isMounted) execFileSync('umount', [place])
    isMounted = false
  }
  onTestFinished(unmount)
  return unmount
}

// As with FAT, the files of a ramfs are numbered anew at each mount, and it does not tell when they were made.
for (const type of ['tmpfs', 'ramfs'])
  for (const [what, below] of [
    ['a watched folder', ''],
    ['a folder in a watched one', 'drive'],
  ] as const)
    test(`a drive (${type}) that is mounted as ${what} in the place of another one has photos of its own`, async ({
      skip,
    }) => {
      const parent = temporaryFolder()
      const root = join(parent, 'root')
      const place = join(root, below)
      mkdirSync(place, { recursive: true })
      const unmount = mountDrive(place, type)
      if (!unmount) return skip('this account may not mount drives')
      await drawCard(join(place, 'DCIM'), 10)
      await drawCard(join(parent, 'other/DCIM'), 100)
      const { library, session } = await startLibrary({ watch: true })
      await takeIn(library, root)
      await nameAll(session, 'one')
      unmount()
      mountDrive(place, type)
      cpSync(join(parent, 'other'), place, { recursive: true })
      await expect.poll(() => titles(session), { timeout: 25_000 }).toEqual(untitledCard)
    })
