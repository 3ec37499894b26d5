import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import envPaths from 'env-paths'
import { BackupMade } from '../../shared/schemas/backup.ts'
import { GalleryError } from '../../shared/errors.ts'
import { onDisk } from '../redis/server/files.ts'

/** A folder that feeds a gallery, or a single file. `album`: the title of the one album that takes all of its photos. */
export interface RegisteredRoot {
  path: string
  album: string | null
  /** It is one file, which the user dropped on an album. */
  file?: true
  /** It came with a backup and was not seen on this computer yet: its files may lie elsewhere here. */
  restored?: true
  /** What users enter is written into sidecars beside its photos. */
  sidecars?: true
  /** The name of a file tells when its photo was taken, where the file does not. */
  nameDates?: true
  /** What browsers send lands here: the pattern by which it is named below the folder of its album. One root at most has it. */
  uploads?: string
}

interface Settings {
  host: string
  roots: Record<string, RegisteredRoot[]>
  /** The last backup of each gallery. */
  backups: Record<string, unknown>
}

/** The data folder of one user on one machine. */
export interface Home {
  path: string
  /** Name of this machine in the gallery: readable, and unlike that of a namesake that shares the same Redis. */
  host: string
  /** The registered roots of a gallery. They live here, not in Redis, as a record in Redis could be forged. */
  roots: (gallery: string) => RegisteredRoot[]
  setRoots: (gallery: string, roots: RegisteredRoot[]) => void
  /** Calls back when another process has changed the roots; returns the way to stop. */
  onRootsChange: (gallery: string, listener: (roots: RegisteredRoot[]) => void) => () => void
  /** The last backup of a gallery that was made with this folder. */
  lastBackup: (gallery: string) => BackupMade | null
  noteBackup: (gallery: string, made: BackupMade) => void
  /** Whether another gallery than this one has roots here, whose files are known by the host's present name. */
  othersHaveRoots: (gallery: string) => boolean
  /** Takes the host's name and a gallery's roots from a backup: the files that were taken in are known by that name. */
  adopt: (gallery: string, host: string, roots: RegisteredRoot[]) => void
}

const newHost = () => {
  const name = hostname()
    .toLowerCase()
    .replace(/\..*$/, '')
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, 24)
  return `${name || 'host'}-${randomBytes(3).toString('hex')}`
}

/**
 * The name under which the environment has a server record where originals are; null where it names none. Servers that have one
 * folder in common share one name. INVALID where it is no host's name.
 */
const hostFrom = (env: NodeJS.ProcessEnv): string | null => {
  const host = env['CIMAISE_HOST']
  if (!host) return null
  if (!/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(host)) throw new GalleryError('INVALID', 'badHostSetting')
  return host
}

/** Where the data folder is. */
export const homePath = (env: NodeJS.ProcessEnv): string =>
  env['CIMAISE_HOME'] || envPaths('cimaise', { suffix: '' }).data

/** The settings of the data folder; they are written when something is set, not by opening them. */
const openSettings = (path: string, watch: boolean) => {
  try {
    return new Conf<Settings>({
      cwd: path,
      configName: 'library',
      watch,
      clearInvalidConfig: false,
      defaults: { host: '', roots: {}, backups: {} },
    })
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new GalleryError(
      'UNAVAILABLE',
      'settingsUnreadable',
      { file: join(path, 'library.json') },
      { cause },
    )
  }
}

/**
 * Opens the data folder (`CIMAISE_HOME`, or the system's place for application data), making it where needed.
 * `watch`: notice what other processes change in the settings (it keeps the process alive).
 */
export const openHome = (env: NodeJS.ProcessEnv = process.env, { watch = false } = {}): Home => {
  const path = homePath(env)
  // Linux allows names that are no text. Node shows what it cannot decode as U+FFFD: another folder's name.
  if (path.includes('\u{FFFD}')) throw new GalleryError('INVALID', 'homeNotUtf8', { path })
  onDisk(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }))
  const settings = openSettings(path, watch)
  const host = hostFrom(env)
  if (!host && !settings.get('host')) onDisk(path, () => settings.set('host', newHost()))
  const roots = (gallery: string) => settings.get('roots')[gallery] ?? []
  return {
    path,
    host: host ?? settings.get('host'),
    roots,
    setRoots: (gallery, next) =>
      onDisk(path, () => settings.set('roots', { ...settings.get('roots'), [gallery]: next })),
    onRootsChange: (gallery, listener) =>
      settings.onDidChange('roots', () => {
        listener(roots(gallery))
      }),
    lastBackup: (gallery) => BackupMade.safeParse(settings.get('backups')[gallery]).data ?? null,
    noteBackup: (gallery, made) => settings.set('backups', { ...settings.get('backups'), [gallery]: made }),
    othersHaveRoots: (gallery) =>
      Object.entries(settings.get('roots')).some(([name, list]) => name !== gallery && list.length > 0),
    adopt: (gallery, adoptedHost, adopted) =>
      settings.set({ host: adoptedHost, roots: { ...settings.get('roots'), [gallery]: adopted } }),
  }
}
