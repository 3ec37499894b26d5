import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, vi } from 'vitest'

let hue = 0

/** Draws a small photo, unlike any other of this process, and returns its path. */
export const drawPhoto = async (folder: string, name: string): Promise<string> => {
  const path = join(folder, name)
  hue = (hue + 37) % 256
  const background = { r: hue, g: 255 - hue, b: 90 }
  await sharp({ create: { width: 320, height: 240, channels: 3, background } })
    .jpeg()
    .toFile(path)
  return path
}

/** How many thumbnails the page shows, loaded and not only asked for. */
export const shownPhotos = (page: Page): Promise<number> =>
  page
    .locator('img[src*="thumb/"]')
    .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length)

/** Waits until the page shows so many thumbnails; unlike `expect.poll`, also for what a group of tests shares. */
export const expectPhotos = (page: Page, count: number): Promise<void> =>
  vi.waitFor(
    async () => {
      expect(await shownPhotos(page)).toBe(count)
    },
    { timeout: 20_000 },
  )
