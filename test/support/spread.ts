import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { findServer } from '../../src/core/redis/server/process.ts'
import { freePort, untilItAnswers } from './ports.ts'
import { temporaryFolder } from './temporary.ts'

/** The password of the program's account, and of `default` on a node that has none yet. */
export const spreadPassword = 'the program on every node'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** What an operator puts on each node: who may do what before Cimaise has seen it. */
const firstUsers = [
  `user default on #${digest(spreadPassword)} ~* &* +@all`,
  `user replication on #${digest('copies')} resetchannels -@all +psync +replconf +ping`,
  `user sentinel on #${digest('watches')} &* -@all +multi +exec +ping +info +role +publish +subscribe +psubscribe +slaveof +replicaof +config|rewrite +client|setname +client|kill +script|kill +failover`,
]

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
    onTestFinished(() => void child.kill('SIGKILL'))
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
    onTestFinished(() => redis.disconnect())
    return redis
  }
}

const writeFirstUsers = (directory: string) =>
  writeFileSync(join(directory, 'users.acl'), `${firstUsers.join('\n')}\n`)

const makeNode = async (...settings: string[]) => {
  const node = new SpreadNode(await freePort(), [
    '--masteruser',
    'replication',
    '--masterauth',
    'copies',
    ...settings,
  ])
  writeFirstUsers(node.directory)
  return node
}

const startSentinel = async (primary: number) => {
  const [port, directory] = [await freePort(), temporaryFolder('cimaise-sentinel-')]
  const file = join(directory, 'sentinel.conf')
  const monitor = [
    ...[
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${directory}`,
      `sentinel monitor gallery 127.0.0.1 ${primary} 2`,
    ],
    ...['sentinel auth-user gallery sentinel', 'sentinel auth-pass gallery watches'],
    ...['sentinel down-after-milliseconds gallery 2000', 'sentinel failover-timeout gallery 4000'],
  ]
  writeFileSync(file, `${monitor.join('\n')}\n`)
  const child = spawn(findServer(), [file, '--sentinel'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  await untilItAnswers(port)
  return { port, child }
}

/** Asks again until something is so. */
export const until = async (what: string, isSo: () => Promise<boolean>, timeoutMs = 30_000) => {
  const deadline = Date.now() + timeoutMs
  while (Date.now() < deadline) {
    if (await isSo().catch(() => false)) return
    await wait(50)
  }
  throw new Error(`not after ${timeoutMs} ms: ${what}`)
}

export interface Spread {
  url: string
  nodes: SpreadNode[]
  /** Those that may take over from one another: all behind Sentinels. */
  rivals: SpreadNode[]
  /** The node that takes the changes of the gallery now. */
  primary: () => Promise<SpreadNode>
}

/** A primary with two replicas, and three Sentinels that watch them. */
export const startSentinels = async (
  ...settings: string[]
): Promise<Spread & { sentinels: ChildProcess[] }> => {
  const nodes = [await makeNode(...settings)]
  const first = nodes[0]?.port ?? 0
  for (let n = 0; n < 2; n++) nodes.push(await makeNode('--replicaof', `127.0.0.1 ${first}`, ...settings))
  for (const node of nodes) await node.start()
  const sentinels = await Promise.all([0, 1, 2].map(() => startSentinel(first)))
  const asked = new Redis({ port: sentinels[0]?.port ?? 0 })
  onTestFinished(() => asked.disconnect())
  const about = async (what: string) => (await asked.call('SENTINEL', what, 'gallery')) as string[][]
  await until('the Sentinels know all', async () => {
    const [replicas, others] = await Promise.all([about('REPLICAS'), about('SENTINELS')])
    const synced = replicas.every((fields) => fields[fields.indexOf('master-link-status') + 1] === 'ok')
    return replicas.length === 2 && others.length === 2 && synced
  })
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/gallery`,
    nodes,
    rivals: nodes,
    sentinels: sentinels.map(({ child }) => child),
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

const slotsOf = (n: number) =>
  [Math.floor((16384 * n) / 3), Math.floor((16384 * (n + 1)) / 3) - 1].map(String)

/** The ports of a node: that of its bus lies 10,000 above the one that clients use. */
const clusterPort = async () => {
  for (;;) {
    const port = await freePort()
    if (port < 55_000) return port
  }
}

/** Three primaries, each with a replica. */
export const startCluster = async (...settings: string[]): Promise<Spread> => {
  const login = ['--masteruser', 'replication', '--masterauth', 'copies']
  const cluster = [
    '--cluster-enabled',
    'yes',
    '--cluster-node-timeout',
    '1000',
    '--cluster-replica-validity-factor',
    '0',
  ]
  const nodes: SpreadNode[] = []
  for (let n = 0; n < 6; n++) {
    const node = new SpreadNode(await clusterPort(), [...login, ...cluster, ...settings])
    mkdirSync(node.directory, { recursive: true })
    writeFirstUsers(node.directory)
    await node.start()
    nodes.push(node)
  }
  const links = nodes.map((node) => node.as('default', spreadPassword))
  const [first] = links
  for (const node of nodes.slice(1)) await first?.call('CLUSTER', 'MEET', '127.0.0.1', String(node.port))
  for (let n = 0; n < 3; n++) await links[n]?.call('CLUSTER', 'ADDSLOTSRANGE', ...slotsOf(n))
  const idOf = async (n: number) => String(await links[n]?.call('CLUSTER', 'MYID'))
  const ids = await Promise.all([0, 1, 2].map(idOf))
  for (let n = 0; n < 3; n++)
    await until('a node knows its primary', async () => {
      await links[n + 3]?.call('CLUSTER', 'REPLICATE', ids[n] ?? '')
      return true
    })
  await until('the cluster is whole', async () => {
    const states = await Promise.all(links.map((link) => link.call('CLUSTER', 'INFO')))
    const roles = await Promise.all(links.slice(3).map((link) => link.info('replication')))
    return (
      states.every((text) => /cluster_state:ok/.test(String(text))) &&
      roles.every((text) => /master_link_status:up/.test(text))
    )
  })
  for (const link of links) link.disconnect()
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
