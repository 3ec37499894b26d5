import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cimaiseWith, command } from '../support/cli.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

const password = 'correct horse battery'

/** The desktop app of the owner with two albums, of which ana may see Corsica. */
const openDesktopSession = async () => {
  const [home, parent] = [temporaryFolder(), temporaryFolder()]
  for (const album of ['Corsica', 'Studio']) mkdirSync(join(parent, album))
  await drawPhoto(join(parent, 'Corsica'), 'one.jpg')
  await drawPhoto(join(parent, 'Studio'), 'two.jpg')
  const desktop = await openDesktop({ home, folders: [parent] })
  const page = await desktop.page()
  await expectPhotos(page, 2)
  const env = cleanEnvironment({ CIMAISE_HOME: home })
  expect(await cimaiseWith(`${password}\n`, env, 'account', 'add', 'ana')).toMatchObject({ code: 0 })
  await command(env, 'account', 'grant', 'ana', 'Corsica', 'read')
  return { desktop, page, home, env }
}

/** Logs in by the dialog as a user does. */
const logIn = async (page: Page, name: string, remember = false) => {
  await page.getByRole('button', { name: /^(Switch account…|Log in)$/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Log in' })
  await dialog.getByLabel('Account').fill(name)
  await dialog.getByLabel('Password').fill(password)
  if (remember) await dialog.getByLabel('Stay logged in on this computer').check()
  await dialog.getByRole('button', { name: 'Log in' }).click()
}

/** The folders are the owner's, and what others may see of them has its previews and originals all the same. */
const expectOriginal = async (page: Page) => {
  await page.getByRole('gridcell').first().dblclick()
  const original = page.locator('img[src^="original/"]')
  await expect
    .poll(() =>
      original.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth > 0)),
    )
    .toEqual([true])
  expect(await page.locator('.viewer img.preview').count()).toBe(1)
  await page.keyboard.press('Escape')
}

/** The owner's window again, whoever had it. */
const asOwner = async <T extends { page: Page }>(session: T): Promise<T> => {
  const { page } = session
  if ((await sidebar(page)).length === 2) return session
  await page
    .getByRole('button', { name: /^(Switch account…|Log in)$/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Open as the owner of this computer’s gallery' }).click()
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 1', 'Studio 1'])
  return session
}

describe('in one app,', () => {
  const opened = shared(openDesktopSession)

  test('another account logs in on the same computer, sees what is theirs, and the owner comes back', async () => {
    const { page } = await asOwner(opened())
    await logIn(page, 'ana')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1'])
    expect(await page.getByRole('button', { name: 'Add a folder…' }).count()).toBe(0)
    await expectOriginal(page)
    await page.getByRole('button', { name: 'Switch account…' }).click()
    await page.getByRole('button', { name: 'Look around as a guest' }).click()
    await page.getByRole('heading', { name: 'Nothing is shown to guests here' }).waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('button', { name: 'Open as the owner of this computer’s gallery' }).click()
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1', 'Studio 1'])
    await page.getByRole('button', { name: 'Add a folder…' }).waitFor()
  })

  test('a locked window shows nothing, and lets nothing be opened over it, until the password is given', async () => {
    const { page, desktop } = await asOwner(opened())
    await logIn(page, 'ana', true)
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1'])
    await page.getByRole('button', { name: 'Lock' }).click()
    const lock = page.getByRole('dialog', { name: 'Locked' })
    await lock.waitFor()
    await page.keyboard.press('Control+k')
    // The page tells of its commands once it is there.
    await expect
      .poll(() => desktop.wish<{ items: string[] }[]>('menu').then(([file]) => file?.items))
      .toContain('Join a gallery…')
    await desktop.wish('click', ['File', 'Join a gallery…'])
    // A share link is another's key: it opens no locked window, and nobody is asked about it.
    await desktop.wish('open address', `cimaise://app/?share=Abcd1234#${'a'.repeat(22)}`)
    await desktop.wish('open file', fileURLToPath(import.meta.url))
    await expect
      .poll(() => desktop.told('message box'))
      .toMatchObject([{ message: 'The photo was not opened.' }])
    expect(await sidebar(page)).toEqual([])
    await lock.getByLabel('Password').fill('wrong password')
    await lock.getByRole('button', { name: 'Unlock' }).click()
    await lock.getByRole('alert').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(1)
    await lock.getByLabel('Password').fill(password)
    await lock.getByRole('button', { name: 'Unlock' }).click()
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1'])
  })

  test('an account that is disabled is out of the desktop app at once', async () => {
    const { page, env } = await asOwner(opened())
    await logIn(page, 'ana')
    await expect.poll(() => sidebar(page)).toEqual(['Corsica 1'])
    onTestFinished(async () => void (await command(env, 'account', 'enable', 'ana')))
    await command(env, 'account', 'disable', 'ana')
    await page.getByRole('heading', { name: 'Nothing is shown to guests here' }).waitFor()
  })

  // The last: the keychain does not come back.
  test('without a keychain nothing is kept, and the dialog says why', async () => {
    const { desktop, page } = await asOwner(opened())
    await desktop.wish('take the keychain away')
    await page.getByRole('button', { name: 'Switch account…' }).click()
    const keep = page.getByLabel('Stay logged in on this computer')
    await expect.poll(() => keep.isDisabled()).toBe(true)
  })
})

test('who wants it stays logged in, by a key that only the system’s keychain can read', async () => {
  const { desktop, page, home } = await openDesktopSession()
  await logIn(page, 'ana', true)
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 1'])
  expect(readFileSync(join(home, 'electron', 'people.json'), 'utf8')).toContain(
    Buffer.from('sealed:').toString('base64').slice(0, 8),
  )
  await desktop.quit()
  const again = await openDesktop({ home })
  const next = await again.page()
  await expect.poll(() => sidebar(next)).toEqual(['Corsica 1'])
  await expectOriginal(next)
})
