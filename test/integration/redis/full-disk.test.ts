import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { onRedis } from '../../../src/core/redis/errors.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { errorText } from '../../../src/shared/errors.ts'

/** A disk of 8 MB, in memory. Only root may mount one. */
const smallDisk = (): string | null => {
  const folder = join(temporaryFolder(), 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }))
  return folder
}

test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
  'a full disk: changes are refused in words that say what to do, reading goes on, and freed space is enough (only root can mount a small disk)',
  async ({ skip }) => {
    const disk = smallDisk()
    if (!disk) return skip('nothing may be mounted here')
    const gallery = await openGallery({ env: cleanEnvironment({ CIMAISE_HOME: join(disk, 'home') }) })
    onTestFinished(() => gallery.close())
    const { redis, keys } = await gallery.self()
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(6 * 1024 * 1024))
    const write = () => onRedis(() => redis.hset(keys.meta, 'probe', 'x'.repeat(200_000)))
    await expect
      .poll(() => write().then(() => 'written', errorText), { timeout: 30_000, interval: 50 })
      .toMatch(/cannot write to its disk and accepts no changes until it can\. Free some space/)
    expect(await redis.hget(keys.meta, 'id')).toBe(gallery.id)
    rmSync(join(disk, 'ballast'))
    await expect
      .poll(
        () =>
          write().then(
            () => 'written',
            () => 'refused',
          ),
        { timeout: 30_000 },
      )
      .toBe('written')
  },
)
