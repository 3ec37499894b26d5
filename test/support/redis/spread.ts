import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { findServer } from '../../../src/core/redis/server/process.ts'
import { cleanEnvironment } from '../gallery.ts'
import { firstUsers, joinCluster, replicationLogin, spreadPassword, until, watched } from './nodes.ts'
import { freePort, untilItAnswers } from './ports.ts'
import { atEnd } from '../shared.ts'
import { temporaryFolder } from '../temporary.ts'

/** One redis-server that can be killed, stopped and started again over the same data. */
export class SpreadNode {
  readonly port: number
  readonly directory: string
  readonly #settings: string[]
  child: ChildProcess | null = null

  constructor(port: number, settings: string[], directory = temporaryFolder('cimaise-node-')) {
    this.port = port
    this.#settings = settings
    this.directory = directory
  }

  get name() {
    return `127.0.0.1:${this.port}`
  }

  async start() {
    const own = [
      '--repl-diskless-sync-delay',
      '0',
      '--port',
      String(this.port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.directory,
      '--save',
      '',
    ]
    const kept = ['--appendonly', 'yes', '--aclfile', join(this.directory, 'users.acl')]
    const child = spawn(findServer(), [...own, ...kept, ...this.#settings], { stdio: 'ignore' })
    this.child = child
    atEnd(() => void child.kill('SIGKILL'))
    await untilItAnswers(this.port)
  }

  async kill() {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  stop() {
    this.child?.kill('SIGSTOP')
  }

  goOn() {
    this.child?.kill('SIGCONT')
  }

  /** A connection of a user of this one node. */
  as(username: string, password: string): Redis {
    const redis = new Redis({
      ...{ port: this.port, username, password },
      ...{
        retryStrategy: null,
        maxRetriesPerRequest: 0,
        enableReadyCheck: false,
        connectTimeout: 2000,
        commandTimeout: 2000,
      },
    })
    redis.on('error', () => undefined) // each command says it
    atEnd(() => redis.disconnect())
    return redis
  }
}

const makeNode = async (port: number, ...settings: string[]) => {
  const { masteruser, masterauth } = replicationLogin
  const node = new SpreadNode(port, ['--masteruser', masteruser, '--masterauth', masterauth, ...settings])
  writeFileSync(join(node.directory, 'users.acl'), firstUsers)
  return node
}

const startSentinel = async (primary: number, password: string | null) => {
  const [port, directory] = [await freePort(), temporaryFolder('cimaise-sentinel-')]
  const file = join(directory, 'sentinel.conf')
  const asks = password === null ? [] : [`requirepass ${password}`, `sentinel sentinel-pass ${password}`]
  const own = [`port ${port}`, 'bind 127.0.0.1', `dir ${directory}`]
  const lines = [...own, ...asks, ...watched('127.0.0.1', primary)]
  writeFileSync(file, `${lines.join('\n')}\n`)
  const child = spawn(findServer(), [file, '--sentinel'], { stdio: 'ignore' })
  atEnd(() => void child.kill('SIGKILL'))
  await untilItAnswers(port)
  return port
}

export interface Spread {
  url: string
  nodes: SpreadNode[]
  /** Those that may take over from one another: all behind Sentinels. */
  rivals: SpreadNode[]
  /** The node that takes the changes of the gallery now. */
  primary: () => Promise<SpreadNode>
}

/** A primary with two replicas, and three Sentinels that watch them. `password`: what the Sentinels ask for. */
export const startSentinels = async (password: string | null = null): Promise<Spread> => {
  const first = await freePort()
  const nodes = [await makeNode(first)]
  for (let n = 0; n < 2; n++)
    nodes.push(await makeNode(await freePort(), '--replicaof', `127.0.0.1 ${first}`))
  for (const node of nodes) await node.start()
  const sentinels = await Promise.all([0, 1, 2].map(() => startSentinel(first, password)))
  const asked = new Redis({ port: sentinels[0] ?? 0, ...(password === null ? {} : { password }) })
  atEnd(() => asked.disconnect())
  const about = async (what: string) => (await asked.call('SENTINEL', what, 'gallery')) as string[][]
  await until('the Sentinels know all', async () => {
    const [replicas, others] = await Promise.all([about('REPLICAS'), about('SENTINELS')])
    const synced = replicas.every((fields) => fields[fields.indexOf('master-link-status') + 1] === 'ok')
    return replicas.length === 2 && others.length === 2 && synced
  })
  return {
    url: `redis+sentinel://${sentinels.map((port) => `127.0.0.1:${port}`).join(',')}/gallery`,
    nodes,
    rivals: nodes,
    primary: async () => {
      const [, port] = (await asked.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'gallery')) as [
        string,
        string,
      ]
      const found = nodes.find((node) => node.port === Number(port))
      if (!found) throw new Error(`no node at ${port}`)
      return found
    },
  }
}

/** Three primaries, each with a replica. */
export const startCluster = async (): Promise<Spread> => {
  const cluster = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1000']
  const nodes: SpreadNode[] = []
  for (let n = 0; n < 6; n++)
    nodes.push(await makeNode(await freePort(), ...cluster, '--cluster-replica-validity-factor', '0'))
  for (const node of nodes) await node.start()
  const members = nodes.map((node) => ({
    ...{ link: node.as('default', spreadPassword), host: '127.0.0.1', port: node.port },
  }))
  await joinCluster(members)
  for (const { link } of members) link.disconnect()
  return {
    url: `redis+cluster://${nodes.map(({ name }) => name).join(',')}`,
    nodes,
    rivals: [],
    primary: async () => {
      for (const node of nodes) {
        const link = node.as('STEWARD', spreadPassword)
        const role = await link.role().catch(() => null)
        const owns =
          role?.[0] === 'master' &&
          (await link.exists('{cimaise}:meta').then(
            () => true,
            () => false,
          ))
        link.disconnect()
        if (owns) return node
      }
      throw new Error('no primary answers')
    },
  }
}

/** Both kinds of several servers, with the words for them in a test's name. */
export const spreadKinds: [string, () => Promise<Spread>][] = [
  ['Sentinels', () => startSentinels()],
  ['a cluster', startCluster],
]

/** The settings of a process that uses several servers as their administrator. */
export const spreadSettings = (url: string): NodeJS.ProcessEnv => ({
  CIMAISE_REDIS_URL: url,
  CIMAISE_REDIS_PASSWORD: spreadPassword,
  CIMAISE_ACCOUNT: 'root',
  CIMAISE_PASSWORD: 'correct horse',
})

/** The environment of such a process, with a data folder of its own. */
export const spreadEnvironment = (url: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv =>
  cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-'), ...spreadSettings(url), ...more })
