/** The containers of docker-compose.yml without containers: their commands, with the programs of this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { parseRedisUrl } from '../../src/core/redis/address.ts'
import { connect } from '../../src/core/redis/connect.ts'
import { findServer } from '../../src/core/redis/server/process.ts'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import { cleanEnvironment } from './gallery.ts'
import { freePort, untilItAnswers } from './ports.ts'
import { temporaryFolder } from './temporary.ts'

/** The text of docker-compose.yml. */
export const compose = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8')
/** What secrets/setup_password holds. */
export const setUpPassword = 'first0login'

/** The script that is the command of the Redis container. Compose makes one dollar of two. */
const redisScript = () => {
  const [, block] =
    /^ {2}redis:\n[^]*?^ {4}command:\n {6}- sh\n {6}- -euc\n {6}- \|\n((?: {8}.*\n)+) {6}- redis\n/m.exec(
      compose,
    ) ?? []
  if (!block) throw new Error('docker-compose.yml has no command for Redis that this test can read.')
  return block.replace(/^ {8}/gm, '').replaceAll('$$', '$')
}

/** The health check of the Redis container, for a Redis on another port. */
export const healthCheck = (port: number) => {
  const [, command = ''] = /test: \['CMD-SHELL', '(redis-cli [^']+)'\]/.exec(compose) ?? []
  return command.replace('redis-cli', `redis-cli -p ${port}`)
}

/** A file with a secret, as the container finds it. */
export const secret = (content: string) => {
  const file = join(temporaryFolder(), 'secret')
  writeFileSync(file, content)
  return file
}

/** The PATH of the container: Redis's programs are on it. */
export const path = () => `${join(findServer(), '..')}:${process.env['PATH'] ?? ''}`

/** Runs the container's command in a folder that stands for its volume. */
export const run = (volume: string, passwordFile: string, ...settings: string[]) => {
  const child = spawn('sh', ['-euc', redisScript(), 'redis', ...settings], {
    cwd: volume,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment({ CIMAISE_SETUP_PASSWORD_FILE: passwordFile }), PATH: path() },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const log = Promise.all([text(child.stdout), text(child.stderr)])
  return { child, log, ended: once(child, 'exit') as Promise<[number | null]> }
}

/** The same until it answers. `stop` and `kill` resolve to what it has printed. */
export const startContainer = async (volume: string, ...settings: string[]) => {
  const port = await freePort()
  const passwordFile = secret(`${setUpPassword}\n`)
  const { child, log, ended } = run(
    volume,
    passwordFile,
    ...['--port', String(port), '--bind', '127.0.0.1', ...settings],
  )
  await untilItAnswers(port)
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await ended
    return (await log).join('')
  }
  return { port, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

/** Opens the gallery as the server's container does: its passwords are files. */
export const open = async (port: number) => {
  const env = cleanEnvironment({
    CIMAISE_HOME: temporaryFolder(),
    CIMAISE_REDIS_URL: `redis://127.0.0.1:${port}`,
    CIMAISE_REDIS_PASSWORD_FILE: secret(`${setUpPassword}\n`),
    CIMAISE_ACCOUNT: 'admin',
    CIMAISE_PASSWORD_FILE: secret('chosen by the administrator\n'),
  })
  const gallery = await openGallery({ env })
  onTestFinished(() => gallery.close())
  return gallery
}

/** A connection with the first password. */
export const asDefault = async (port: number) => {
  const redis = await connect(parseRedisUrl(`redis://127.0.0.1:${port}`), {
    username: 'default',
    password: setUpPassword,
  })
  onTestFinished(() => redis.disconnect())
  return redis
}
