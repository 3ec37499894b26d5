import { EventEmitter, on } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import type { Schema } from 'electron-store'
import type { AppUpdater } from 'electron-updater'
import { UpdateChannel, type UpdateState } from '../shared/schemas/updates.ts'
import { openStore } from './open-store.ts'

/** How often a newer version is looked for while the program runs, in milliseconds. */
const lookEveryMs = 24 * 3_600_000

interface Kept {
  channel: UpdateChannel
}

const schema: Schema<Kept> = { channel: { enum: UpdateChannel.options } }

// Nobody is asked until the user wants it.
const open = () => openStore<Kept>('updates', { schema, defaults: { channel: 'off' } })

/**
 * Whether this package can update itself: it says where newer ones are, and on Linux it is an AppImage. What a package manager installed
 * is that one's to update.
 */
const isPossible = () =>
  app.isPackaged &&
  existsSync(join(process.resourcesPath, 'app-update.yml')) &&
  (process.platform !== 'linux' || process.env['APPIMAGE'] !== undefined)

const emitter = new EventEmitter()
let state: UpdateState | undefined
let updater: Promise<AppUpdater> | undefined
let timer: NodeJS.Timeout | undefined

const now = (): UpdateState =>
  (state ??= {
    possible: isPossible(),
    channel: open().get('channel'),
    phase: 'idle',
    version: null,
    percent: 0,
  })

const tell = (news: Partial<UpdateState>) => {
  state = { ...now(), ...news }
  emitter.emit('state', state)
}

/** It comes only to those who want updates. */
const load = async (): Promise<AppUpdater> => {
  const { autoUpdater } = (await import('electron-updater')).default
  autoUpdater.logger = { info: () => undefined, warn: console.error, error: console.error }
  autoUpdater.on('checking-for-update', () => tell({ phase: 'looking' }))
  autoUpdater.on('update-not-available', () => tell({ phase: 'current', version: null }))
  autoUpdater.on('update-available', ({ version }) => tell({ phase: 'loading', version, percent: 0 }))
  autoUpdater.on('download-progress', ({ percent }) => tell({ percent: Math.floor(percent) }))
  autoUpdater.on('update-downloaded', ({ version }) => tell({ phase: 'ready', version, percent: 100 }))
  autoUpdater.on('error', () => tell({ phase: 'failed' }))
  return autoUpdater
}

/** Looks for a newer version and loads it: it is there after the next start. Nothing where updates are off, or one waits already. */
export const lookForUpdate = async (): Promise<void> => {
  const { possible, channel, phase } = now()
  if (!possible || channel === 'off' || phase === 'ready') return
  const wanted = await (updater ??= load())
  wanted.channel = channel === 'beta' ? 'beta' : 'latest'
  // Choosing a channel allows older versions too.
  wanted.allowDowngrade = false
  await wanted.checkForUpdates().catch(() => undefined) // it has told of its error
}

/** Looks for newer versions from now on, where that is wanted. */
export const startUpdates = (): void => {
  clearInterval(timer)
  if (!now().possible || now().channel === 'off') return
  timer = setInterval(() => void lookForUpdate(), lookEveryMs)
  timer.unref()
  void lookForUpdate()
}

/** Chooses which versions are looked for, now and at each start. */
export const chooseUpdates = (channel: UpdateChannel): void => {
  open().set('channel', channel)
  tell({ channel, ...(now().phase === 'ready' ? {} : { phase: 'idle', version: null }) })
  startUpdates()
}

/** Ends the program, puts the newer version in its place, and starts that. */
export const installUpdate = async (): Promise<void> => {
  if (now().phase === 'ready') (await updater)?.quitAndInstall()
}

/** Where the program stands with a newer version, now and at each change, until the signal is aborted. */
export async function* followUpdates(signal: AbortSignal | undefined): AsyncGenerator<UpdateState> {
  const changes = on(emitter, 'state', signal ? { signal } : {})
  try {
    yield now()
    for await (const [news] of changes) yield news as UpdateState
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}
