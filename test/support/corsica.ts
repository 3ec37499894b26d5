import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { listAlbums } from '../../src/core/albums/albums.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { openPage } from './browser.ts'
import { logInAs, type TestServer } from './server.ts'
import { serveWindow, visit } from './window.ts'

/** A window of the owner on some photos in the album Corsica, and the gallery itself, in which others do something meanwhile. */
export const openCorsica = async (count = 5) => {
  const served = await serveWindow(count)
  const { page } = await visit(served)
  const gallery = await openGallery({ env: served.server.env })
  onTestFinished(() => gallery.close())
  const owner = await gallery.self()
  const album = (await listAlbums(owner)).find(({ title }) => title === 'Corsica')?.id ?? ''
  return { served, page, gallery, owner, album }
}

/** A window of an account, or of a visitor by a link, who has logged in by their key. */
export const windowAs = async (
  server: TestServer,
  account: string,
  key: string,
  options: Parameters<typeof openPage>[0] = {},
): Promise<Page> => {
  const [name = '', value = ''] = (await logInAs(server, account, key)).split('=')
  const page = await openPage(options)
  await page.context().addCookies([{ name, value, url: server.origin }])
  await page.goto(server.origin)
  return page
}
