import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { readBackup } from '../../src/core/backup/read-backup.ts'
import { serious } from '../support/axe.ts'
import { command } from '../support/cli.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { openDesktop, type Desktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

/** The desktop app on a folder with two photos. */
const openDesktopSession = async () => {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  for (const name of ['one.jpg', 'two.jpg']) await drawPhoto(folder, name)
  const desktop = await openDesktop({ home, folders: [folder] })
  const page = await desktop.page()
  await expectPhotos(page, 2)
  return {
    desktop,
    page,
    home,
    env: cleanEnvironment({ CIMAISE_HOME: home }),
  }
}

const showBackup = async (page: Page) => {
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Backup', exact: true }).click()
  await page.getByRole('heading', { name: 'Last backup' }).waitFor()
}

const save = async (desktop: Desktop, page: Page, file: string) => {
  await desktop.wish('save as next', file)
  await page.getByRole('button', { name: 'Back up now…' }).click()
  await page.getByText('The backup is whole.').waitFor()
}

const restore = async (
  desktop: Desktop,
  page: Page,
  file: string,
  meanwhile: () => void = () => undefined,
) => {
  await desktop.wish('choose folders next', [file])
  await page.getByRole('button', { name: 'Restore a backup…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Restore the backup of / })
  await dialog.getByText('It holds 2 photos in 1 album').waitFor()
  meanwhile()
  const loaded = await page.evaluate(() => performance.timeOrigin)
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click()
  // The page is another one then.
  await expect
    .poll(() => page.evaluate(() => performance.timeOrigin).catch(() => loaded), { timeout: 30_000 })
    .not.toBe(loaded)
}

const asideIn = (home: string) => readdirSync(home).filter((name) => name.startsWith('redis.before-restore-'))

/** The window as it is when it opens, and a place for another backup. */
const reloaded = async <T extends { page: Page }>(session: T) => {
  await session.page.reload()
  await expectPhotos(session.page, 2)
  return { ...session, file: join(temporaryFolder(), 'one.cimaise') }
}

describe('in one app,', () => {
  const opened = shared(openDesktopSession)

  test('a dialog that is dismissed does nothing', async () => {
    const { page, file } = await reloaded(opened())
    await showBackup(page)
    await page.getByRole('button', { name: 'Back up now…' }).click()
    await page.getByRole('button', { name: 'Restore a backup…' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Restore a backup…' }).isEnabled()).toBe(true)
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(existsSync(file)).toBe(false)
  })

  test('the settings save a backup and restore it in place of the gallery, which is put aside', async () => {
    const { desktop, page, home, env, file } = await reloaded(opened())
    await showBackup(page)
    await page.getByText('None was made from here yet.').waitFor()
    expect(await serious(page)).toEqual([])
    await save(desktop, page, file)
    await page.getByText(file).waitFor()
    expect(desktop.told('save dialog').at(-1)).toMatchObject({
      defaultPath: expect.stringMatching(/^Cimaise .*\.cimaise$/),
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await readBackup(file)).toMatchObject({ photos: 2, albums: 1 })

    const before = await sidebar(page)
    expect(await command(env, 'album', 'create', 'Made afterwards')).toMatchObject({ code: 0 })
    await expect.poll(() => sidebar(page)).toContain('Made afterwards 0')
    await restore(desktop, page, file)
    await expectPhotos(page, 2)
    expect(await sidebar(page)).toEqual(before)
    expect(asideIn(home)).toHaveLength(1)
    expect(desktop.told('message box')).toEqual([])
    // It is a gallery as before: its folders are followed, another backup can be made.
    await showBackup(page)
    await save(desktop, page, `${file}.2`)
    expect(await command(env, 'doctor', '--check')).toMatchObject({ code: 0 })
  })

  test('a restore that fails leaves the gallery as it was, and says why', async () => {
    const { desktop, page, home, env, file } = await reloaded(opened())
    await showBackup(page)
    await save(desktop, page, file)
    await command(env, 'album', 'create', 'Made afterwards')
    const [before, aside] = [(await command(env, 'albums')).out, asideIn(home)]
    await restore(desktop, page, file, () => writeFileSync(file, 'spoilt meanwhile'))
    await expectPhotos(page, 2)
    await expect
      .poll(() => desktop.told('message box'))
      .toMatchObject([
        {
          message: 'The backup was not restored. The gallery is as it was.',
          detail: expect.stringMatching(/not a whole backup/),
        },
      ])
    expect((await command(env, 'albums')).out).toBe(before)
    expect(asideIn(home)).toEqual(aside)
  })
})
