import { readFile, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { StartingFolder } from '../../../shared/schemas/library.ts'
import { isFolder } from '../make-folder.ts'

/** Names that the folders of a home have on every system; on Linux only where its own file says nothing else. */
const usualNames = {
  pictures: 'Pictures',
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
} as const

/** A user's folders as desktops on Linux note them: `XDG_PICTURES_DIR="$HOME/Images"`. See the specification of xdg-user-dirs. */
const noted = async (home: string) => {
  const config = process.env['XDG_CONFIG_HOME'] || join(home, '.config')
  const text = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '')
  const lines = text.matchAll(/^XDG_([A-Z]+)_DIR="((?:\\.|[^"\\])*)"/gm)
  return new Map(
    [...lines].map(([, name = '', value = '']) => [
      name,
      value.replaceAll(/\\(.)/g, '$1').replace(/^\$HOME/, home),
    ]),
  )
}

const xdgNames = { pictures: 'PICTURES', desktop: 'DESKTOP', documents: 'DOCUMENTS', downloads: 'DOWNLOAD' }

const inside = async (folder: string) =>
  (await readdir(folder).catch(() => [])).map((name) => join(folder, name))

/** Something is mounted there: it lies on another device than the folder around it. */
const isMounted = async (path: string) => {
  const devices = await Promise.all([path, join(path, '..')].map((one) => stat(one).catch(() => null)))
  return devices[0] != null && devices[0].dev !== devices[1]?.dev
}

const mounted = async (paths: string[]) => {
  const found = await Promise.all(paths.map(async (path) => ((await isMounted(path)) ? [path] : [])))
  return found.flat()
}

/** Where each system mounts what is plugged in. */
const drives = async (): Promise<string[]> => {
  if (process.platform === 'win32') return 'DEFGHIJKLMNOPQRSTUVWXYZ'.split('').map((letter) => `${letter}:\\`)
  if (process.platform === 'darwin') return mounted(await inside('/Volumes'))
  const media = [...(await inside('/media')), ...(await inside('/run/media'))]
  const below = await Promise.all(media.map(inside))
  return mounted([...media, ...below.flat(), ...(await inside('/mnt'))])
}

/** The folders of this host in which users begin to look for their photos: those that are there. */
export const startingFolders = async (home = homedir()): Promise<StartingFolder[]> => {
  const own = await noted(home)
  const kinds = ['pictures', 'desktop', 'documents', 'downloads'] as const
  const all: StartingFolder[] = [
    ...kinds.map((kind) => ({ kind, path: own.get(xdgNames[kind]) ?? join(home, usualNames[kind]) })),
    { kind: 'home', path: home },
    ...(await drives()).map((path) => ({ kind: 'drive' as const, path })),
  ]
  const there = await Promise.all(all.map(({ path }) => isFolder(path)))
  return all.filter(({ path }, at) => there[at] && all.findIndex((one) => one.path === path) === at)
}
