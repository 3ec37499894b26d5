import { expect, onTestFinished, test } from 'vitest'
import { backToPhotos } from './back-to-photos.ts'

const add = (attributes: Record<string, string>) => {
  const element = document.createElement('section')
  for (const [name, value] of Object.entries({ tabindex: '0', ...attributes }))
    element.setAttribute(name, value)
  document.body.append(element)
  onTestFinished(() => element.remove())
  return element
}

test('a field is left for the photo that lies over the grid, else for the grid', () => {
  const grid = add({ role: 'grid' })
  const field = document.createElement('input')
  document.body.append(field)
  onTestFinished(() => field.remove())
  field.focus()
  backToPhotos()
  expect(document.activeElement).toBe(grid)
  const viewer = add({ class: 'viewer' })
  field.focus()
  backToPhotos()
  expect(document.activeElement).toBe(viewer)
})
