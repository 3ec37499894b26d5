import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { libraryName } from '../../src/core/redis/functions.ts'
import { seriousInAllLooks } from '../support/axe.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { anaPassword, foundForAna } from '../support/redis/joined.ts'
import { silentPort } from '../support/redis/ports.ts'
import { startRedis } from '../support/redis/redis.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { dialogOf, focused, joinAs, openDialog, openOwn, refusal } from './join-dialog.ts'
import { launchDesktop, openDesktop } from './launch.ts'
import { expectPhotos } from './photos.ts'

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
  expect(await refusal(page, { url: `redis://127.0.0.1:${silentPort}` })).toMatch(
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
