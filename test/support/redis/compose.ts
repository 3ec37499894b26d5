/** The containers of docker-compose.yml without containers: their commands, with the programs of this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { connect } from '../../../src/core/redis/connect.ts'
import { findServer } from '../../../src/core/redis/server/process.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { cleanEnvironment } from '../gallery.ts'
import { freePort, untilItAnswers } from './ports.ts'
import { temporaryFolder } from '../temporary.ts'

const repository = new URL('../../../', import.meta.url)

/** The text of a compose file. */
export const composeFile = (name = 'docker-compose.yml') => readFileSync(new URL(name, repository), 'utf8')
/** What secrets/setup_password holds. */
export const setUpPassword = 'first0login'
/** What secrets/nodes_password holds. */
export const nodesPassword = 'among-nodes'

/** A script that is the command of a container. */
const script = (name: string) => fileURLToPath(new URL(`docker/redis/${name}`, repository))

/** The health check of the Redis container, for a Redis on another port. */
export const healthCheck = (port: number) => {
  const [, command = ''] = /test: \['CMD-SHELL', '(redis-cli [^']+)'\]/.exec(composeFile()) ?? []
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

/** Runs a script of the containers in a folder that stands for its volume. */
export const runScript = (name: string, folder: string, env: NodeJS.ProcessEnv, settings: string[]) => {
  const child = spawn('sh', [script(name), ...settings], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(env), PATH: path() },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const log = Promise.all([text(child.stdout), text(child.stderr)])
  return { child, log, ended: once(child, 'exit') as Promise<[number | null]> }
}

/** Runs the command of the one Redis. */
export const run = (volume: string, passwordFile: string, ...settings: string[]) =>
  runScript('start.sh', volume, { CIMAISE_SETUP_PASSWORD_FILE: passwordFile }, settings)

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
