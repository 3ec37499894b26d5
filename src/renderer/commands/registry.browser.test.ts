import { expect, test, vi } from 'vitest'
import type { CommandContext } from './command-context.ts'
import { photoCommands } from './photo-commands.ts'
import { CommandRegistry } from './registry.ts'
import { viewerCommands } from './viewer-commands.ts'

const setUp = (section: string | null = null) => {
  const sidebarDrawer = { open: vi.fn() }
  const context = {
    sidebarDrawer,
    settingsRoute: { section },
    dialogs: { now: null },
    sessionState: { locked: null },
  }
  return { commands: new CommandRegistry(context as unknown as CommandContext), sidebarDrawer }
}

test('a button runs its command also where another one of the same name has another key', () => {
  const { commands, sidebarDrawer } = setUp()
  commands.run('find')
  expect(sidebarDrawer.open).toHaveBeenCalledOnce()
})

test('over the settings what belongs to the photos is not run', () => {
  const { commands, sidebarDrawer } = setUp('people')
  commands.run('find')
  expect(sidebarDrawer.open).not.toHaveBeenCalled()
})

test('what is on the screen has the first word on a command of an id', () => {
  const { commands, sidebarDrawer } = setUp()
  const run = vi.fn()
  const stop = commands.offer([{ id: 'find', label: 'keyFind', group: 'look', run }], null)
  commands.run('find')
  stop()
  expect(run).toHaveBeenCalledOnce()
  expect(sidebarDrawer.open).not.toHaveBeenCalled()
})

test('in the viewer no key means one thing to the photo and another to how it is shown', () => {
  const ofPhotos = photoCommands.filter(({ id }) => id !== 'open')
  for (const { id, keys = [] } of viewerCommands)
    for (const key of keys) {
      const same = ofPhotos.filter((command) => command.keys?.includes(key))
      expect(
        same.map((command) => command.id).filter((other) => other !== id),
        key,
      ).toEqual([])
    }
})
