import { lstat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import type { RouterClient } from '@orpc/server'
import type { router } from '../router/index.ts'
import { GalleryError } from '../shared/errors.ts'
import type { Failure, LibraryStatus } from '../shared/schemas/library.ts'
import { createBar } from './bar.ts'
import { count, printable, type Output } from './output.ts'

type Client = RouterClient<typeof router>

interface Summary {
  found: number
  added: number
  changed: number
  unchanged: number
  failed: Failure[]
}

const isIn = (path: string, folder: string) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** Follows the library until it has nothing left to do; Ctrl-C drops what has not begun. */
const followToEnd = async (client: Client): Promise<LibraryStatus> => {
  const bar = createBar()
  const stop = new AbortController()
  const cancel = () => void client.library.cancel()
  process.on('SIGINT', cancel)
  let status = await client.library.status()
  try {
    for await (status of await client.library.follow(undefined, { signal: stop.signal })) {
      bar.show(status)
      if (status.state === 'idle') break
    }
  } finally {
    process.off('SIGINT', cancel)
    stop.abort()
    bar.clear()
  }
  return status
}

const words = ({ found, added, changed, unchanged, failed }: Summary) => [
  `${count(found, 'file')} found: ${count(added, 'photo')} added, ${changed} changed, ${unchanged} unchanged, ${failed.length} failed.`,
  ...failed.map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
]

/** Linux allows names that are no text; Node shows what it cannot decode as U+FFFD, by which nothing is found. */
const refuseUndecodable = async (path: string) => {
  if (!path.includes('\u{FFFD}') || (await lstat(path).catch(() => null))) return
  throw new GalleryError('INVALID', 'pathNotUtf8', { path })
}

/** Takes folders in and waits until that is done. Returns the exit code. */
export const importFolders = async (
  client: Client,
  out: Output,
  folders: string[],
  album?: string,
): Promise<number> => {
  const wanted = folders.map((folder) => resolve(folder))
  for (const path of wanted) await refuseUndecodable(path)
  await client.library.add({ paths: wanted, ...(album === undefined ? {} : { album }) })
  const { found, added, changed, unchanged, problems, cancelled } = await followToEnd(client)
  const failures = await client.library.failures()
  const failed = failures
    .filter(({ path }) => wanted.some((folder) => isIn(path, folder)))
    .map(({ path, reason }) => ({ path, reason }))
  out.answer({ found, added, changed, unchanged, failed }, words)
  for (const { path, reason } of problems) console.error(`${printable(path)}: ${printable(reason)}`)
  if (cancelled) console.error('Stopped. Import the same folders again to carry on from here.')
  return cancelled || problems.length > 0 ? 1 : 0
}
