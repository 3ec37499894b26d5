import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import { usualStatuses, type Status, type StatusSetters } from '../../shared/schemas/status.ts'
import { ChangeFeed, setChangeFeed } from '../api/change-feed.ts'
import { setClient } from '../api/client-context.ts'
import type { Client } from '../api/client.ts'
import WithContexts from '../testing/WithContexts.svelte'
import { Dialogs, setDialogs } from '../ui/dialogs/dialogs.svelte.ts'
import { Menus, setMenus } from '../ui/menus/menus.svelte.ts'
import { Notices, setNotices } from '../ui/toasts/notices.svelte.ts'
import { setStatusesState, StatusesState } from './statuses-state.svelte.ts'
import StatusesPage from './StatusesPage.svelte'

/** The page on a gallery that has the usual statuses; two photos are to be edited. */
const setUp = async () => {
  let statuses: Status[] = usualStatuses
  const setStatuses = vi.fn((input: { statuses: Status[]; replaced: unknown[] }) => {
    statuses = input.statuses
    return Promise.resolve({ changed: 0 })
  })
  let setters: StatusSetters = 'modify'
  const setStatusSetters = vi.fn(({ by }: { by: StatusSetters }) => {
    setters = by
    return Promise.resolve()
  })
  const page = ({ view }: { view: { filter: { status: string } } }) =>
    Promise.resolve({ total: view.filter.status === 'toEdit' ? 2 : 0, photos: [] })
  const client = {
    gallery: {
      statuses: () => Promise.resolve(statuses),
      setStatuses,
      statusSetters: () => Promise.resolve(setters),
      setStatusSetters,
    },
    photos: { page },
  } as unknown as Client
  const [dialogs, menus, notices] = [new Dialogs(), new Menus(), new Notices()]
  const complain = vi.spyOn(notices, 'complain')
  const statusesState = new StatusesState(client)
  await statusesState.read()
  const provide = () => {
    setClient(client)
    setChangeFeed(new ChangeFeed())
    setDialogs(dialogs)
    setMenus(menus)
    setNotices(notices)
    setStatusesState(statusesState)
  }
  const screen = await render(WithContexts, { props: { of: StatusesPage, props: {}, provide } })
  const names = () =>
    screen
      .getByRole('textbox', { name: 'Name' })
      .elements()
      .map((field) => (field as HTMLInputElement).value)
  await expect.element(screen.getByText('2 photos', { exact: true })).toBeVisible()
  return { screen, names, setStatuses, setStatusSetters, complain, dialogs, menus }
}

test('members who may comment are let set statuses, and no more', async () => {
  const { screen, setStatusSetters } = await setUp()
  const box = screen.getByRole('checkbox', { name: 'Members who may comment set statuses too' })
  await expect.element(box).not.toBeChecked()
  await box.click()
  await expect.poll(() => setStatusSetters.mock.lastCall).toEqual([{ by: 'comment' }])
  await expect.element(box).toBeChecked()
  await box.click()
  await expect.poll(() => setStatusSetters.mock.lastCall).toEqual([{ by: 'modify' }])
})

test('a status gets another name, but not that of another one', async () => {
  const { screen, names, setStatuses, complain } = await setUp()
  const second = screen.getByRole('textbox', { name: 'Name' }).nth(1)
  await second.fill(' delivered')
  await userEvent.tab()
  await expect.poll(names).toEqual(['New', 'To edit', 'Edited', 'Delivered'])
  expect(complain).toHaveBeenCalledOnce()
  expect(setStatuses).not.toHaveBeenCalled()
  await second.fill('In the lab')
  await userEvent.tab()
  await expect.poll(() => setStatuses.mock.lastCall?.[0].statuses[1]).toMatchObject({ name: 'In the lab' })
  await expect.poll(names).toEqual(['New', 'In the lab', 'Edited', 'Delivered'])
})

test('a status moves up, and a new one stands at the end in a colour that none has', async () => {
  const { screen, names, setStatuses, dialogs } = await setUp()
  await screen.getByRole('button', { name: 'Move “Edited” up' }).click()
  await expect.poll(names).toEqual(['New', 'Edited', 'To edit', 'Delivered'])
  await screen.getByRole('button', { name: 'New status' }).click()
  if (dialogs.now?.kind !== 'text') throw new Error('no name is asked for')
  await dialogs.now.give('At the printer')
  await expect.poll(names).toEqual(['New', 'Edited', 'To edit', 'Delivered', 'At the printer'])
  const { statuses = [] } = setStatuses.mock.lastCall?.[0] ?? {}
  expect(usualStatuses.map(({ colour }) => colour)).not.toContain(statuses[4]?.colour)
})

test('what photos of a status get that goes is asked where there are some', async () => {
  const { screen, names, setStatuses, menus } = await setUp()
  await screen.getByRole('button', { name: 'Remove “New”' }).click()
  await expect.poll(names).toEqual(['To edit', 'Edited', 'Delivered'])
  expect(menus.now).toBeNull()
  await screen.getByRole('button', { name: 'Remove “To edit”' }).click()
  const items = menus.now?.items.flatMap((item) => (item && 'run' in item ? [item] : [])) ?? []
  expect(items.map(({ label }) => label)).toEqual([
    '2 photos with this status',
    'Remove it: they have none then',
    'Remove it: they become “Edited”',
    'Remove it: they become “Delivered”',
  ])
  items[2]?.run()
  await expect.poll(names).toEqual(['Edited', 'Delivered'])
  expect(setStatuses.mock.lastCall?.[0].replaced).toEqual([{ from: 'toEdit', to: 'edited' }])
})
