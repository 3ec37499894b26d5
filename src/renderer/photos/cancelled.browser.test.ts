import { expect, test, vi } from 'vitest'
import { cancelled } from './cancelled.ts'

const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

/** An image in the page, and what takes it away again. */
const placed = (srcset: string) => {
  const image = new Image()
  const told = vi.fn()
  image.addEventListener('error', told)
  image.srcset = srcset
  image.sizes = '300px'
  document.body.append(image)
  const cancel = cancelled(image)
  const leave = () => {
    image.remove()
    cancel()
  }
  return { image, told, leave }
}

test('an image that leaves before it has come asks for nothing any more, and tells of no failure', async () => {
  const { image, told, leave } = placed(`/never-comes-${Date.now()} 640w`)
  leave()
  expect([image.srcset, image.src]).toEqual(['', 'data:,'])
  await expect.poll(() => image.complete).toBe(true)
  expect(told).not.toHaveBeenCalled()
})

test('an image that has come keeps its address: without any it would never be freed', async () => {
  const { image, leave } = placed(`${pixel} 640w`)
  await image.decode()
  leave()
  expect(image.srcset).toContain(pixel)
})
