import { expect, test, vi } from 'vitest'
import type { PhotoSummary } from '../../shared/schemas/photo.ts'
import type { PhotoView } from '../grid/photo-view.svelte.ts'
import { ViewerState } from './viewer-state.svelte.ts'

const album = 'owner~Abcd1234'

/** A viewer of these photos, with the first one open. */
const open = (photos: Partial<PhotoSummary>[]) => {
  const selection = {
    cursor: 0,
    get photo() {
      return { album, ...photos[this.cursor] }
    },
    visit(index: number) {
      this.cursor = index
    },
  }
  const close = vi.fn()
  const view = { selection, pages: { total: photos.length } } as unknown as PhotoView
  return { viewer: new ViewerState(() => view, close), close }
}

test('steps end at the first and the last photo', () => {
  const { viewer } = open([{ id: 'a' }, { id: 'b' }, { id: 'c' }])
  const indexAfter = (by: number) => {
    viewer.step(by)
    return viewer.index
  }
  expect([1, 1, 1, -1, -Infinity, Infinity].map(indexAfter)).toEqual([1, 2, 2, 1, 0, 2])
})

test('the film of a motion photo is in its own file, that of a live photo in the one behind it', () => {
  const stack = { kind: 'live', files: 2, formats: [], film: 'behind' } as unknown as PhotoSummary['stack']
  expect(open([{ id: 'a', film: true, stack: null }]).viewer.film).toBe('a')
  expect(open([{ id: 'a', film: false, stack }]).viewer.film).toBe('behind')
  expect(open([{ id: 'a', film: false, stack: null }]).viewer.film).toBeNull()
})

test('a film is left with its photo, and is not shown when that is come back to', () => {
  const { viewer } = open([
    { id: 'a', film: true, stack: null },
    { id: 'b', film: true, stack: null },
  ])
  viewer.toggleFilm()
  expect(viewer.showsFilm).toBe(true)
  viewer.step(1)
  expect(viewer.showsFilm).toBe(false)
  viewer.step(-1)
  expect(viewer.showsFilm).toBe(false)
})

test('leaving ends the slideshow first, and only then closes the photo', () => {
  const { viewer, close } = open([{ id: 'a' }, { id: 'b' }])
  viewer.slideshow.toggle()
  viewer.leave()
  expect(viewer.slideshow.runs).toBe(false)
  expect(close).not.toHaveBeenCalled()
  viewer.leave()
  expect(close).toHaveBeenCalledOnce()
})
