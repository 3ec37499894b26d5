import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { GalleryError, errorText } from '../../../shared/errors.ts'
import { resourcesFolder } from '../../gallery/app-paths.ts'
import { logSince, mendAppendOnly } from './append-only.ts'
import { damageWords } from './damage.ts'
import { onDisk, readText, writeWhole } from './files.ts'
import { serverSettings } from './settings.ts'

const programs = ['redis-server', 'valkey-server'].map((name) =>
  process.platform === 'win32' ? `${name}.exe` : name,
)

/** The version of a server's program; an empty text where it is none that can be run here. */
export const versionOf = (program: string): string => {
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 })
    return /v=([\d.]+)/.exec(text)?.[1] ?? ''
  } catch {
    return ''
  }
}

const majorVersion = (program: string) => Number.parseInt(versionOf(program)) || 0

/** Finds a redis-server or valkey-server of version 7 or newer: the bundled one first, then along the PATH. */
export const findServer = (path = process.env['PATH'] ?? ''): string => {
  const folders = [join(resourcesFolder(), 'redis'), ...path.split(delimiter)]
  const found = folders
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .filter((file) => existsSync(file))
  const program = found.find((file) => majorVersion(file) >= 7)
  if (program) return program
  if (found[0]) throw new GalleryError('UNAVAILABLE', 'serverTooOld', { file: found[0] })
  throw new GalleryError('UNAVAILABLE', 'serverNotFound')
}

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)))
  })

const anyPort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** The port of last time where it is known, so that addresses which users noted go on being right. */
export const lastPort = (directory: string) => Number(readText(directory, 'port')) || 0

const notePort = (directory: string, port: number) => {
  if (lastPort(directory) === port) return // nothing is written then, as on a full disk
  onDisk(directory, () => writeWhole(directory, 'port', String(port)))
}

/** Lines at the end of the server's log that are shown where it does not start. */
const tailLines = 5

export const logTail = (directory: string) =>
  readText(directory, 'redis.log').split('\n').slice(-tailLines).join('\n')

/** What a server answers to PING that is ours but cannot do everything now: MISCONF where its disk is full. */
const aliveAnswer = /^(LOADING|BUSY|MISCONF|OOM)/

/** Logs in as the supervisor. Rejects where nothing answers, or where a Redis answers that is not this folder's. */
const logIn = async (port: number, key: string): Promise<Redis> => {
  const redis = new Redis({
    host: '127.0.0.1',
    port,
    username: 'keeper',
    password: key,
    lazyConnect: true,
    enableReadyCheck: false,
    disableClientInfo: true,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => undefined) // connect() rejects with the reason
  try {
    await redis.connect()
    await redis.ping().catch((error: unknown) => {
      if (!aliveAnswer.test(errorText(error))) throw error
    })
    return redis
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

/** Waits until the server has loaded its data. False where it ended over that. */
const loads = async (redis: Redis): Promise<boolean> => {
  for (;;) {
    const answer = await redis.ping().catch(errorText)
    if (answer === 'PONG' || aliveAnswer.test(answer)) {
      if (!answer.startsWith('LOADING')) return true
    } else return false
    await wait(100)
  }
}

/** A server of this folder that is running already, left behind by a supervisor that was killed. */
const adopt = async (directory: string, key: string) => {
  const port = lastPort(directory)
  const redis = port ? await logIn(port, key).catch(() => null) : null
  return redis && { port, redis }
}

/** How long a server may take until it lets the supervisor in, in milliseconds; it loads its data afterwards. */
const startTimeoutMs = 30_000

const launch = async (directory: string, key: string) => {
  const last = lastPort(directory)
  const port = last && (await isFree(last)) ? last : await anyPort()
  notePort(directory, port)
  const child = spawn(findServer(), ['-'], {
    cwd: directory,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  child.stdin.on('error', () => undefined) // it ended before it had read them
  child.stdin.end(serverSettings(directory, port))
  child.unref()
  const deadline = Date.now() + startTimeoutMs
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the handlers above set it
  while (!ended && Date.now() < deadline) {
    const redis = await logIn(port, key).catch(() => null)
    if (redis) return { port, redis }
    await wait(30)
  }
  // Two servers on one append-only file would spoil it.
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- the handlers above set it
  if (!ended && child.kill('SIGKILL')) await once(child, 'exit')
  return null
}

const notStarting = (directory: string) => {
  const end = logTail(directory)
  return /\bACL\b/.test(end)
    ? unreadableAcl(directory)
    : new GalleryError('UNAVAILABLE', 'serverNotStarting', { log: end })
}

const unreadableAcl = (directory: string) =>
  new GalleryError('UNAVAILABLE', 'aclUnreadable', { file: join(directory, 'users.acl') })

/** With an empty ACL file, or one of zeros as after a power cut, Redis starts and lets everybody do everything. */
const refuseOpenServer = (directory: string) => {
  if (!/^user keeper /m.test(readText(directory, 'users.acl'))) throw unreadableAcl(directory)
}

/** Launches the server, and again where its append-only file could be mended or a stranger took its port. */
const launchMended = async (directory: string, key: string, log: (text: string) => void) => {
  refuseOpenServer(directory)
  for (let attempt = 0; attempt < 3; attempt++) {
    const before = statSync(join(directory, 'redis.log'), { throwIfNoEntry: false })?.size ?? 0
    const running = await launch(directory, key)
    // Damage deep in large files is come upon while they are loaded.
    if (running && (await loads(running.redis))) return running
    const damage = await mendAppendOnly(directory, findServer(), logSince(directory, before))
    if (damage) log(damageWords(damage))
  }
  return null
}

export interface RunningServer {
  port: number
  /** The supervisor's connection: it closes when the server ends, however that happens. */
  redis: Redis
}

/**
 * Makes sure that the server of this folder runs and has loaded its data. A port that another program has taken
 * meanwhile is replaced; an append-only file that a power cut has damaged is mended, which `log` is told. Throws UNAVAILABLE
 * with the end of the server's log where it does not come up.
 */
export const startServer = async (
  directory: string,
  key: string,
  log: (text: string) => void,
): Promise<RunningServer> => {
  const adopted = await adopt(directory, key)
  if (adopted && (await loads(adopted.redis))) return adopted
  const running = await launchMended(directory, key, log)
  if (!running) throw notStarting(directory)
  return running
}

/** Stops the server; what was acknowledged is on disk afterwards. */
export const stopServer = async ({ redis }: RunningServer) => {
  const closed = new Promise<void>((resolve) => redis.once('end', () => resolve()))
  redis.shutdown().catch(() => undefined) // its answer is that the connection closes
  await closed
}
