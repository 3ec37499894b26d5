import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import { ShownMark, type Mark } from '../photos/shown-mark.svelte.ts'
import MarkFlash from './MarkFlash.svelte'

const ref = 'owner~Abcd1234/Photo00001'
const rated: Mark = { ref, field: 'rating', value: '4' }

/** What is on the picture, from one moment to the next. */
const watch = async (props: { of?: string } = {}) => {
  const shown = new ShownMark()
  const { container } = await render(MarkFlash, { shown, ...props })
  const seen: string[] = []
  const look = () => {
    const mark = container.querySelector('.mark')
    seen.push(mark ? mark.textContent.trim() || mark.innerHTML : '')
  }
  new MutationObserver(look).observe(container, { childList: true, subtree: true })
  return { shown, seen, isEmpty: () => container.querySelector('.mark') === null }
}

test('a mark is on the picture for a moment, and goes by itself', async () => {
  const { shown, seen, isEmpty } = await watch()
  expect(isEmpty()).toBe(true)
  shown.show(rated)
  await expect.poll(() => seen[0]).toBe('★★★★')
  await expect.poll(() => shown.now).toBeNull()
  await expect.poll(isEmpty).toBe(true)
})

test('a label is seen by its colour, and what was taken away by a line', async () => {
  const { shown, seen } = await watch()
  shown.show({ ref, field: 'label', value: 'green' })
  await expect.poll(() => seen.some((mark) => mark.includes('green'))).toBe(true)
  shown.show({ ref, field: 'flag', value: null })
  await expect.poll(() => seen.includes('—')).toBe(true)
})

test('where photos stand side by side, each shows its own marks only', async () => {
  const other = await watch({ of: 'owner~Abcd1234/Photo00002' })
  const own = await watch({ of: ref })
  other.shown.show(rated)
  own.shown.show(rated)
  await expect.poll(() => own.seen.includes('★★★★')).toBe(true)
  expect(other.isEmpty()).toBe(true)
})
