import type { Component } from 'svelte'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import Icon from '../controls/Icon.svelte'
import Lazy from './Lazy.svelte'
import { LazyComponent } from './lazy-component.svelte.ts'

const lazy = (load: () => Promise<unknown>) =>
  new LazyComponent(load as () => Promise<Component<Record<string, unknown>>>)

test('code that is there already shows in the same moment', async () => {
  const of = lazy(() => Promise.resolve(Icon))
  await of.load()
  const screen = await render(Lazy, { props: { of, props: { name: 'close' } } })
  expect(screen.container.querySelector('svg')).not.toBeNull()
})

test('code that cannot be had is told of, and asked for again by a button', async () => {
  let away = true
  const of = lazy(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(Icon)))
  const screen = await render(Lazy, { props: { of, props: { name: 'close' } } })
  await expect.element(screen.getByRole('alert')).toBeVisible()
  away = false
  await screen.getByRole('button').click()
  await expect.poll(() => screen.container.querySelector('svg')).not.toBeNull()
  await expect.element(screen.getByRole('alert')).not.toBeInTheDocument()
})
