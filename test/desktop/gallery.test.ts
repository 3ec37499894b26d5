import { existsSync, readFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos, shownPhotos } from './photos.ts'

const openFolder = async (names: string[]) => {
  const home = temporaryFolder()
  const folder = temporaryFolder()
  for (const name of names) await drawPhoto(folder, name)
  const desktop = await openDesktop({ home, folders: [folder] })
  const page = await desktop.page()
  await expectPhotos(page, names.length)
  return { home, folder, desktop, page }
}

const redisFile = (home: string, name: string) => readFileSync(join(home, 'redis', name), 'utf8').trim()

/** How many connections wait for events: one for each live subscription. */
const subscriptions = (home: string) => {
  const redis = new Redis({
    port: Number(redisFile(home, 'port')),
    username: 'owner',
    password: redisFile(home, 'owner.key'),
    enableReadyCheck: false,
    disableClientInfo: true,
  })
  onTestFinished(() => redis.disconnect())
  return async () => {
    const clients = (await redis.call('CLIENT', 'LIST')) as string
    return clients.split('\n').filter((line) => line.includes(' cmd=xread ')).length
  }
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(!socket.destroy().connecting))
    socket.once('error', () => resolve(false))
  })

describe('on a folder from the command line,', () => {
  const opened = shared(() => openFolder(['one.jpg', 'two.jpg', 'three.jpg']))

  test('the window shows its photos', async () => {
    const { page } = opened()
    expect(await shownPhotos(page)).toBe(3)
    expect(await page.title()).toContain('Cimaise')
  })

  test('a page that is loaded again leaves one live subscription behind, its own', async () => {
    const { home, page, desktop } = opened()
    // One besides the page's: an administrator's session waits for what accounts ask.
    const live = subscriptions(home)
    await expect.poll(live).toBe(2)
    for (let time = 0; time < 3; time++) {
      await page.reload()
      await expectPhotos(page, 3)
    }
    await expect.poll(live).toBe(2)
    expect(await desktop.wish('windows')).toMatchObject([{ openPorts: 1 }])
  })

  test('a photo that is copied into the folder appears without a reload', async () => {
    const { folder, page } = opened()
    const before = await shownPhotos(page)
    const loaded = await page.evaluate(() => performance.timeOrigin)
    await copyFile(await drawPhoto(temporaryFolder(), 'late.jpg'), join(folder, 'late.jpg'))
    await expectPhotos(page, before + 1)
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded)
  })

  test('a folder that is dropped on the other half of the window is asked about: where its photos are to be copied to', async () => {
    const { desktop } = opened()
    const page = await desktop.page()
    const dropped = temporaryFolder()
    const tell = (kind: string, clientX: number) =>
      page.evaluate(
        ([path, name, x]) => {
          Object.assign(window, { pathsOfFiles: { dropped: path } })
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([], 'dropped'))
          const more = { bubbles: true, cancelable: true }
          document.body.dispatchEvent(new DragEvent(name, { dataTransfer, clientX: x, ...more }))
        },
        [dropped, kind, clientX] as const,
      )
    await tell('dragover', 10)
    await page.getByText('Follow the folder where it is').waitFor()
    const { width } = page.viewportSize() ?? { width: 1280 }
    await tell('drop', width - 10)
    const dialog = page.getByRole('dialog', { name: 'Import from a card' })
    expect(await dialog.getByLabel('Card or folder').inputValue()).toBe(dropped)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
  })

  test('folders that are dropped on the window are taken in', async () => {
    const { page } = opened()
    const before = await shownPhotos(page)
    const dropped = temporaryFolder()
    await drawPhoto(dropped, 'dropped.jpg')
    await page.evaluate((path) => {
      Object.assign(window, { pathsOfFiles: { dropped: path } })
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([], 'dropped'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    }, dropped)
    await expectPhotos(page, before + 1)
  })

  // The last: the others need the app.
  test('the embedded Redis is gone after the app has quit', async () => {
    const { home, desktop } = opened()
    const port = Number(redisFile(home, 'port'))
    expect(await answers(port)).toBe(true)
    expect(await desktop.quit()).toBe(0)
    await expect.poll(() => answers(port), { timeout: 10_000 }).toBe(false)
    await expect.poll(() => existsSync(join(home, 'redis', 'redis.pid')), { timeout: 10_000 }).toBe(false)
  })
})

test('photos are still there after a restart', async () => {
  const { home, desktop } = await openFolder(['one.jpg', 'two.jpg'])
  await desktop.quit()
  const again = await openDesktop({ home })
  await expectPhotos(await again.page(), 2)
})
