import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { GalleryError } from '../../shared/errors.ts'
import { applicationRoot } from '../entry.ts'

const programs = ['redis-server', 'valkey-server'].map((name) =>
  process.platform === 'win32' ? `${name}.exe` : name,
)

const majorVersion = (program: string) => {
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', timeout: 5000 })
    return Number(/v=(\d+)\./.exec(text)?.[1] ?? 0)
  } catch {
    return 0 // not a program that can be run here
  }
}

/** Finds a redis-server or valkey-server of version 7 or newer: the bundled one first, then along the PATH. */
export const findServer = (path = process.env['PATH'] ?? ''): string => {
  const folders = [join(applicationRoot(), 'resources', 'redis'), ...path.split(delimiter)]
  const found = folders
    .flatMap((folder) => programs.map((name) => join(folder, name)))
    .filter((file) => existsSync(file))
  const program = found.find((file) => majorVersion(file) >= 7)
  if (program) return program
  const why = found[0] ? `${found[0]} is older than version 7` : 'redis-server was not found'
  throw new GalleryError(
    'UNAVAILABLE',
    `${why}. Install Redis 7 or newer, or Valkey, or set CIMAISE_REDIS_URL.`,
  )
}

/**
 * The server's settings. Paths are relative to its working directory, so that a folder of any name will do.
 * Photo hashes stay packed in memory only while their longest value, a path, fits the listpack limit.
 */
const settings = (port: number) => `# Written by Cimaise at each start: changes made here are lost.
bind 127.0.0.1
port ${port}
protected-mode yes
dir .
aclfile users.acl
logfile redis.log
pidfile redis.pid
appendonly yes
appendfsync everysec
save ""
maxmemory-policy volatile-lru
hash-max-listpack-entries 64
hash-max-listpack-value 1024
`

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

/** The port of last time where it is known, so that addresses which people noted go on being right. */
const lastPort = (directory: string) => {
  try {
    return Number(readFileSync(join(directory, 'port'), 'utf8')) || 0
  } catch {
    return 0
  }
}

const logTail = (directory: string) => {
  try {
    return readFileSync(join(directory, 'redis.log'), 'utf8').trimEnd().split('\n').slice(-5).join('\n')
  } catch {
    return ''
  }
}

/** Logs in as the keeper. Rejects where nobody answers, or where a Redis answers that is not this folder's. */
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
    await redis.ping().catch((error: Error) => {
      if (!error.message.startsWith('LOADING')) throw error
    })
    return redis
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

const whenLoaded = async (redis: Redis) => {
  for (;;) {
    const answer = await redis.ping().catch((error: Error) => error.message)
    if (!answer.startsWith('LOADING')) return
    await wait(100)
  }
}

/** A server of this folder that is running already, left behind by a keeper that was killed. */
const adopt = async (directory: string, key: string) => {
  const port = lastPort(directory)
  const redis = port ? await logIn(port, key).catch(() => null) : null
  return redis && { port, redis }
}

const launch = async (directory: string, key: string) => {
  const last = lastPort(directory)
  const port = last && (await isFree(last)) ? last : await anyPort()
  writeFileSync(join(directory, 'redis.conf'), settings(port), { mode: 0o600 })
  writeFileSync(join(directory, 'port'), String(port))
  const child = spawn(findServer(), ['redis.conf'], { cwd: directory, stdio: 'ignore', detached: true })
  let ended = false
  child.once('error', () => (ended = true))
  child.once('exit', () => (ended = true))
  child.unref()
  const deadline = Date.now() + 30_000
  while (!ended && Date.now() < deadline) {
    const redis = await logIn(port, key).catch(() => null)
    if (redis) return { port, redis }
    await wait(30)
  }
  return null
}

export interface RunningServer {
  port: number
  /** The keeper's connection: it closes when the server ends, however that happens. */
  redis: Redis
}

/**
 * Makes sure that the server of this folder runs and has loaded its data. A port that somebody else has taken
 * meanwhile is replaced. Throws UNAVAILABLE with the end of the server's log where it does not come up.
 */
export const startServer = async (directory: string, key: string): Promise<RunningServer> => {
  const running =
    (await adopt(directory, key)) ?? (await launch(directory, key)) ?? (await launch(directory, key))
  if (!running)
    throw new GalleryError(
      'UNAVAILABLE',
      `The embedded Redis does not start. The end of its log:\n${logTail(directory)}`,
    )
  await whenLoaded(running.redis)
  return running
}

/** Stops the server; what was acknowledged is on disk afterwards. */
export const stopServer = async ({ redis }: RunningServer) => {
  const closed = new Promise<void>((resolve) => redis.once('end', () => resolve()))
  redis.shutdown().catch(() => undefined) // its answer is that the connection closes
  await closed
}
