import { afterEach, expect, test, vi } from 'vitest'
import type { NoticeList } from '../../shared/schemas/notice.ts'
import type { LibraryStatus } from '../../shared/schemas/library.ts'
import type { Client } from '../api/client.ts'
import { preferences } from '../app/preferences.svelte.ts'
import { Notices } from '../ui/toasts/notices.svelte.ts'
import { Outside } from './outside.ts'

const album = 'owner~Abcd1234'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  preferences.change({ notifications: true })
})

/** A window of a browser whose user allowed notifications, and has it before them or not. */
const open = ({ focused }: { focused: boolean }) => {
  const shown: string[] = []
  class Shown {
    static permission = 'granted'
    onclick: (() => void) | null = null
    constructor(_title: string, { body }: { body: string }) {
      shown.push(body)
    }
  }
  vi.stubGlobal('Notification', Shown)
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused)
  let unread = 0
  const counts = vi.fn(() => Promise.resolve([{ photo: null, comments: 9, unread }]))
  const notices = new Notices()
  const told: NoticeList['notices'] = []
  const list = () =>
    Promise.resolve({ notices: told, unread: told.length, until: '2026-11-27T09:00:00.000Z' })
  const client = { comments: { counts }, notices: { list } } as unknown as Client
  const albumsState = { byId: () => ({ title: 'Corsica' }) as never }
  const outside = new Outside({ client, notices, albumsState })
  const hearComments = async (now: number) => {
    unread = now
    const asked = counts.mock.calls.length
    outside.hear({ kind: 'comments', album, photo: '' })
    await expect.poll(() => counts.mock.calls.length).toBe(asked + 1)
    await Promise.allSettled(counts.mock.results.map(({ value }) => value as Promise<unknown>))
  }
  const hearLibrary = (status: Partial<LibraryStatus>) =>
    outside.hear({ kind: 'library', status: { ...idle, ...status } })
  const hearResync = () => outside.hear({ kind: 'resync' })
  return { shown, notices, told, hearComments, hearLibrary, hearResync }
}

const selection = (at: string): NoticeList['notices'][number] => ({
  ...{ kind: 'selection', album, at, share: 'share~Abcd1234', name: 'Anna Berg', count: 28, unread: true },
})

const idle: LibraryStatus = {
  ...{ state: 'idle', scanning: false, found: 0, done: 0, added: 0, changed: 0, unchanged: 0, failed: 0 },
  ...{ rate: 0, secondsLeft: null, problems: [], cancelled: false },
}

test('who is elsewhere is told of comments that are new to them, and who reads them is told nothing', async () => {
  const { shown, notices, hearComments } = open({ focused: false })
  await hearComments(2)
  await expect.poll(() => shown).toEqual(['2 unread comments in “Corsica”'])
  await hearComments(0) // read in another window
  await hearComments(1)
  await expect.poll(() => shown).toEqual(['2 unread comments in “Corsica”', '1 unread comment in “Corsica”'])
  expect(notices.said).toEqual([]) // the gallery tells of comments, in every window
})

test('how much is not read stands at the bell, and a client who is done while the window is open is told of outside', async () => {
  const { shown, notices, told, hearResync } = open({ focused: false })
  told.push(selection('2026-11-27T08:00:00Z'))
  hearResync()
  await expect.poll(() => notices.unread).toBe(1)
  expect(shown).toEqual([])
  told.push(selection('2026-11-27T10:00:00Z'))
  hearResync()
  await expect.poll(() => shown).toEqual(['Anna Berg is done with choosing in “Corsica”: 28 photos'])
  expect(notices.unread).toBe(2)
})

test('an import is told of once it has ended and brought something', () => {
  const { shown, hearLibrary } = open({ focused: false })
  hearLibrary({}) // how it stands when the window opens
  hearLibrary({ state: 'working', found: 3, done: 1, added: 1 })
  hearLibrary({ found: 3, done: 3, added: 2, failed: 1 })
  hearLibrary({ found: 3, done: 3, added: 2, failed: 1 })
  hearLibrary({ state: 'working', scanning: true })
  hearLibrary({ found: 3, done: 3, unchanged: 3 })
  expect(shown).toEqual(['2 photos were taken in, 1 file could not be read'])
})

test('who has the window before them, or wants none, sees no notification', () => {
  for (const [focused, notifications] of [
    [true, true],
    [false, false],
  ] as const) {
    const { shown, hearLibrary } = open({ focused })
    preferences.change({ notifications })
    hearLibrary({ state: 'working' })
    hearLibrary({ found: 1, done: 1, added: 1 })
    expect(shown).toEqual([])
  }
})
