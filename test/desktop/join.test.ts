import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { libraryName } from '../../src/core/redis/functions.ts'
import { seriousInAllLooks } from '../support/axe.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { anaPassword, foundForAna } from '../support/redis/joined.ts'
import { freePort } from '../support/redis/ports.ts'
import { startRedis } from '../support/redis/redis.ts'
import { spreadEnvironment, startSentinels } from '../support/redis/spread.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { launchDesktop, openDesktop, type Desktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

/** A Redis of an operator, with a gallery whose administrator is root, and in which ana may see Corsica. */
const serveGallery = async () => {
  const { url, port, child } = await startRedis()
  const env = cleanEnvironment({
    CIMAISE_HOME: temporaryFolder('cimaise-home-'),
    CIMAISE_REDIS_URL: url,
    CIMAISE_ACCOUNT: 'root',
    CIMAISE_PASSWORD: 'of an administrator',
  })
  return { url, port, child, gallery: await foundForAna(env) }
}

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Where is the gallery?' })

/** Opens the dialog by the menu, as the page says it once it is there. */
const openDialog = async (desktop: Desktop) => {
  const page = await desktop.page()
  await expect
    .poll(() => desktop.wish('click', ['File', 'Join a gallery…']).then(() => dialogOf(page).isVisible()))
    .toBe(true)
  await dialogOf(page).getByLabel('Address').waitFor()
  return page
}

interface Login {
  url: string
  account?: string
  password?: string
  sentinels?: string
}

const fill = async (page: Page, { url, account = 'ana', password = anaPassword, sentinels }: Login) => {
  const dialog = dialogOf(page)
  await dialog.getByLabel('Address').fill(url)
  await dialog.getByLabel('Account').fill(account)
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  if (sentinels !== undefined) await dialog.getByLabel('Password of the Sentinels').fill(sentinels)
}

const submit = (page: Page) => dialogOf(page).getByRole('button', { name: 'Join', exact: true }).click()

const refusal = async (page: Page, login: Login) => {
  await fill(page, login)
  await submit(page)
  const alert = dialogOf(page).getByRole('alert')
  await alert.waitFor({ timeout: 40_000 })
  return alert.innerText()
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** The desktop app with one photo in a gallery of its own. */
const openOwn = async () => {
  const [home, folder] = [temporaryFolder(), temporaryFolder()]
  await drawPhoto(folder, 'one.jpg')
  const desktop = await openDesktop({ home, folders: [folder] })
  const page = await desktop.page()
  await expectPhotos(page, 1)
  await expect.poll(() => sidebar(page)).toHaveLength(1)
  return { home, desktop, page, own: await sidebar(page) }
}

const joinAs = async (desktop: Desktop, login: Login) => {
  const page = await openDialog(desktop)
  await fill(page, login)
  await submit(page)
  return page
}

test('a desktop joins a gallery on a server, starts in it, and goes back to its own, which is as it was', async () => {
  const { url } = await serveGallery()
  const { home, desktop, page, own } = await openOwn()
  await joinAs(desktop, { url })
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 0'])
  await page.getByText(`Redis ${url.replace('redis://', '')}`).waitFor()
  // Folders of the own gallery are not followed into another one.
  await page.getByRole('button', { name: 'Folders…' }).click()
  await page.getByText('No folder yet.').waitFor()
  await desktop.quit()
  const kept = readFileSync(join(home, 'electron', 'place.json'), 'utf8')
  expect(kept).toContain(url)
  expect(kept).not.toContain(anaPassword)

  const again = await openDesktop({ home })
  const next = await again.page()
  await expect.poll(() => sidebar(next)).toEqual(['Corsica 0'])
  await openDialog(again)
  await dialogOf(next).getByText('On this computer', { exact: true }).click()
  await dialogOf(next).getByRole('button', { name: 'Open it' }).click()
  await expect.poll(() => sidebar(next)).toEqual(own)
  await expectPhotos(next, 1)
  await again.quit()

  const third = await openDesktop({ home })
  await expectPhotos(await third.page(), 1)
  const last = await openDialog(third)
  await expect.poll(() => dialogOf(last).getByLabel('Address').inputValue()).toBe(url)
})

test('what does not work is said with what to do, the keyboard is where the cure is, and all stays as it was', async () => {
  const { url, gallery } = await serveGallery()
  const empty = await startRedis()
  const { desktop, page, own } = await openOwn()
  await openDialog(desktop)
  expect(await seriousInAllLooks(page)).toEqual([])

  expect(await refusal(page, { url: 'photos.example.org' })).toMatch(
    /^The address is not a Redis URL\. It looks like/,
  )
  expect(await focused(page)).toBe('join-address')
  expect(await refusal(page, { url: 'redis://ana:secret@localhost' })).toMatch(/Leave name and password out/)
  expect(await refusal(page, { url: `redis://127.0.0.1:${await freePort()}` })).toMatch(
    /^Nothing answers at 127.* Check the address/,
  )
  expect(await refusal(page, { url: empty.url })).toMatch(/no gallery named cimaise that lets anybody in/)
  expect(await refusal(page, { url, password: 'wrong password' })).toMatch(
    /account and password do not match in that gallery/,
  )
  expect(await focused(page)).toBe('join-password')
  const { redis, keys } = await gallery.self()
  await redis.call('FUNCTION', 'DELETE', libraryName)
  expect(await refusal(page, { url })).toMatch(/run by another version of Cimaise\. Update this one/)
  await redis.hset(keys.meta, 'format', '99')
  expect(await refusal(page, { url })).toMatch(/made by a newer Cimaise\. Update this one/)

  await page.keyboard.press('Escape')
  expect(await sidebar(page)).toEqual(own)
  await expectPhotos(page, 1)
})

test('an attempt that takes long is stopped, and changes nothing', async () => {
  // It takes the connection and never says a word.
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void silent.close())
  const { desktop, page, own } = await openOwn()
  await joinAs(desktop, { url: `redis://127.0.0.1:${(silent.address() as AddressInfo).port}` })
  await dialogOf(page).getByText('Looking for the gallery…').waitFor()
  await dialogOf(page).getByRole('button', { name: 'Stop' }).click()
  await dialogOf(page).getByText('Stopped. Nothing was changed.').waitFor()
  await page.keyboard.press('Escape')
  expect(await sidebar(page)).toEqual(own)
})

test('a gallery on a server that is away at the start is said, and this computer’s own opens if that is wished', async () => {
  const { url, child } = await serveGallery()
  const { home, desktop, page, own } = await openOwn()
  await joinAs(desktop, { url })
  await expect.poll(() => sidebar(page)).toEqual(['Corsica 0'])
  await desktop.quit()
  child.kill('SIGKILL')

  const again = launchDesktop({ home })
  await again.wish('press button next', 1)
  await again.ready()
  const [box] = again.told('message box')
  expect(box).toMatchObject({
    message: 'The gallery on the server does not open',
    detail: expect.stringMatching(/^Nothing answers at 127/) as string,
    buttons: ['Try Again', 'Open the One on This Computer', 'Quit'],
  })
  await expect.poll(async () => sidebar(await again.page())).toEqual(own)
  await again.quit()

  // It was for that time only.
  const third = launchDesktop({ home })
  await third.wish('press button next', 2)
  await third.exit
  expect(third.told('message box')).toHaveLength(1)
  expect(third.output).not.toContain('ready')
})

test('the password of Sentinels is asked for where they want one, kept by the system, and asked for again where it cannot keep it', async () => {
  const sentinels = 'what-the-Sentinels-ask-for'
  const { url } = await startSentinels(sentinels)
  await foundForAna(spreadEnvironment(url, { CIMAISE_SENTINEL_PASSWORD: sentinels }))
  const { home, desktop, page, own } = await openOwn()
  await desktop.wish('take the keychain away')
  await openDialog(desktop)
  expect(await refusal(page, { url })).toMatch(/: its Sentinels ask for a password\. Type/)
  await expect.poll(() => focused(page)).toBe('join-sentinels')
  expect(await refusal(page, { url, sentinels: 'another one' })).toMatch(/do not accept this password/)
  await expect.poll(() => focused(page)).toBe('join-sentinels')
  expect(await seriousInAllLooks(page)).toEqual([])
  await fill(page, { url, sentinels })
  await submit(page)
  await expect.poll(() => sidebar(page), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await desktop.quit()

  // The next start has a keychain, with nothing in it: the own gallery, and the dialog, which only lacks passwords.
  const again = await openDesktop({ home })
  const next = await again.page()
  const dialog = dialogOf(next)
  await dialog.getByRole('alert').getByText('its Sentinels ask for a password').waitFor()
  expect(await focused(next)).toBe('join-sentinels')
  expect(await dialog.getByLabel('Address').inputValue()).toBe(url)
  expect(await dialog.getByLabel('Account').inputValue()).toBe('ana')
  expect(await sidebar(next)).toEqual(own)
  await fill(next, { url, sentinels })
  await submit(next)
  await expect.poll(() => sidebar(next), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await again.quit()
  for (const name of ['place.json', 'people.json'])
    expect(readFileSync(join(home, 'electron', name), 'utf8')).not.toContain(sentinels)

  const third = await openDesktop({ home })
  const last = await third.page()
  await expect.poll(() => sidebar(last), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await openDialog(third)
  await dialogOf(last).getByText('Kept on this computer. Type only to change it.').waitFor()
})

test('an administrator who joins behind Sentinels sees each server in the settings, a member only where the gallery is', async () => {
  const { url, nodes } = await startSentinels()
  await foundForAna(spreadEnvironment(url))
  const { desktop, page } = await openOwn()
  await joinAs(desktop, { url, account: 'root', password: 'correct horse' })
  await expect.poll(() => sidebar(page), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Redis', exact: true }).click()
  const table = page.getByRole('table')
  for (const { name } of nodes)
    await table
      .getByRole('row', { name: new RegExp(`^${name} (Primary|Replica \\d+ s) In step \\d`) })
      .waitFor()
  expect(await table.getByText('Primary').count()).toBe(1)
  expect(await seriousInAllLooks(page)).toEqual([])

  await joinAs(desktop, { url })
  await page.getByText(/^ana · Redis/).waitFor({ timeout: 40_000 })
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Redis', exact: true }).click()
  await page.getByText('Address: gallery by Sentinel').waitFor()
  expect(await table.count()).toBe(0)
})
