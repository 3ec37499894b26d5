import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { GalleryError } from '../../../shared/errors.ts'
import { readText } from '../../../shared/i18n/english.ts'
import { childEnvironment, entryPath } from '../../gallery/app-paths.ts'
import { firstAclFile } from './acl-file.ts'
import { withSupervisorAddress } from './supervisor-address.ts'
import type { Keys } from '../keys.ts'
import { makeOnce, newKey, readSecret } from './secrets.ts'
import { onDisk } from './files.ts'

/** This process's share in the embedded Redis. */
export interface Embedded {
  port: number
  /** The folder with the server's data, keys and logs. */
  directory: string
  ownerKey: string
  supervisorKey: string
  /**
   * Gives the share back. The server stops soon after the last share; resolves at once, but in an AppImage only
   * then, or after some seconds.
   */
  release: () => Promise<void>
}

/** The folder of a gallery's embedded server: each gallery has its own, as each has its own accounts. */
export const serverDirectory = (home: string, { gallery }: Keys) =>
  join(home, gallery === 'cimaise' ? 'redis' : `redis-${gallery}`)

/** Writes the keys and the ACL file of a server that has never run. Several processes may do so at once. */
const prepare = (directory: string, keys: Keys) => {
  onDisk(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    // The supervisor's socket has to be made there, even where all the rest is.
    accessSync(directory, constants.W_OK)
    if (existsSync(join(directory, 'users.acl'))) return
    const ownerKey = makeOnce(directory, 'owner.key', newKey())
    const supervisorKey = makeOnce(directory, 'keeper.key', newKey())
    makeOnce(directory, 'users.acl', firstAclFile(keys, ownerKey, supervisorKey))
  })
}

const startSupervisor = (directory: string) => {
  spawn(process.execPath, [entryPath('supervisor'), directory], {
    cwd: directory,
    env: { ...childEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  }).unref()
}

const dial = (directory: string) =>
  withSupervisorAddress(
    directory,
    (address) =>
      new Promise<Socket | null>((resolve) => {
        const socket = connect(address)
        socket.once('connect', () => resolve(socket))
        socket.once('error', () => resolve(null))
      }),
  )

/** Why there is no server, as the supervisor said it: one of another version may have other texts. */
const refusal = ({ error, text }: { error: string; text?: unknown }) => {
  const { id, blanks } = readText(text) ?? { id: 'verbatim', blanks: { text: error } }
  return new GalleryError('UNAVAILABLE', id, blanks)
}

/** The supervisor's one line: the port, or why there is none. Null where the supervisor went away without a word. */
const hear = (socket: Socket) =>
  new Promise<{ port: number } | { error: string; text?: unknown } | null>((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      text += piece
      if (text.includes('\n')) resolve(JSON.parse(text) as { port: number })
    })
    socket.once('close', () => resolve(null))
    socket.on('error', () => undefined)
  })

/** How long an AppImage waits for its server to stop, in milliseconds: another program may go on using it. */
const stopTimeoutMs = 6000

/**
 * An AppImage is a disk of its own, which is there as long as its first process is: the server and its supervisor run on it and
 * are to end before.
 */
const stopped = async (directory: string) => {
  const deadline = Date.now() + (process.env['APPIMAGE'] ? stopTimeoutMs : 0)
  while (Date.now() < deadline && existsSync(join(directory, 'redis.pid'))) await wait(50)
}

const reach = async (directory: string): Promise<{ socket: Socket; port: number }> => {
  const deadline = Date.now() + 60_000
  let started = 0
  while (Date.now() < deadline) {
    const socket = await dial(directory)
    const answer = socket && (await hear(socket))
    if (answer && 'error' in answer) throw refusal(answer)
    if (socket && answer) return { socket, port: answer.port }
    if (!socket && Date.now() - started > 5000) {
      startSupervisor(directory)
      started = Date.now()
    }
    await wait(25)
  }
  throw new GalleryError('UNAVAILABLE', 'serverNotAnswering', { log: join(directory, 'keeper.log') })
}

/**
 * Takes a share in the embedded Redis of a data folder, starting it where it does not run. Several processes of one
 * user share one server. Throws UNAVAILABLE with the reason where it does not start.
 */
export const useEmbedded = async (home: string, keys: Keys): Promise<Embedded> => {
  const directory = serverDirectory(home, keys)
  prepare(directory, keys)
  let released = false
  const { port, ...first } = await reach(directory)
  let { socket } = first
  const stayConnected = () => {
    socket.unref()
    socket.once('close', () => {
      if (released) return
      // The supervisor was killed: its successor adopts the running server, on the same port.
      reach(directory).then(
        (next) => {
          socket = next.socket
          if (released) socket.destroy()
          else stayConnected()
        },
        () => undefined, // calls on the connections say that Redis is away
      )
    })
  }
  stayConnected()
  return {
    port,
    directory,
    ownerKey: readSecret(directory, 'owner.key'),
    supervisorKey: readSecret(directory, 'keeper.key'),
    release: () => {
      released = true
      socket.destroy()
      return stopped(directory)
    },
  }
}
