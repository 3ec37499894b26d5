import { expect, onTestFinished } from 'vitest'
import type { Client } from '../api/client.ts'
import { GridScroller } from '../grid/grid-scroller.svelte.ts'
import { PhotoView } from '../grid/photo-view.svelte.ts'

interface Photos {
  total: number
  sections: { date: string; photos: number }[]
  undated: number
}

/** A grid of photos that never come, which is seen through 800 pixels. */
export const scrollerOf = async ({ total, sections, undated }: Photos) => {
  const client = {
    photos: {
      page: () => Promise.resolve({ total, photos: [] }),
      timeline: () => Promise.resolve({ sections, undated }),
    },
  } as unknown as Client
  const view = new PhotoView(client, { album: null, sort: 'taken', descending: true })
  view.pages.want('view', 0, 0)
  await expect.poll(() => view.pages.total).toBe(total)
  view.timeline.follow('month', view.pages)
  await expect.poll(() => view.timeline.sections?.length).toBe(sections.length)
  const gridScroller = new GridScroller(view)
  Object.assign(gridScroller, { width: 1200, height: 800 })
  return { view, gridScroller }
}

/** The scroller of a grid, as high as its content. */
export const scrolling = (gridScroller: GridScroller): HTMLElement => {
  const scroller = document.createElement('div')
  scroller.style.cssText = 'position: absolute; top: 0; width: 900px; height: 800px; overflow: auto'
  scroller.innerHTML = `<div style="height: ${gridScroller.elementHeight}px"></div>`
  document.body.append(scroller)
  const leave = gridScroller.attach(scroller)
  scroller.onscroll = () => gridScroller.scrolled()
  onTestFinished(() => {
    leave()
    scroller.remove()
  })
  return scroller
}
