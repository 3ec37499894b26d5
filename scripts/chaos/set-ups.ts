import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { findServer } from '../../src/core/redis/server/process.ts'
import {
  firstUsers,
  joinCluster,
  replicationLogin,
  spreadPassword,
  watched,
} from '../../test/support/redis/nodes.ts'
import { freePort, untilItAnswers } from '../../test/support/redis/ports.ts'
import { Machine, type Command, type Place } from './machine.ts'

export const adminPassword = 'correct horse'

export type Kind = 'sentinel' | 'cluster'

export interface SetUp {
  kind: Kind
  url: string
  nodes: Machine[]
  sentinels: Machine[]
  servers: Machine[]
}

/** How large the disk of a node is, in bytes, where it has one of its own. */
const diskBytes = 200_000_000

/** Deals out machines: each with a network and a disk of its own where the system has them. */
export class Dealer {
  readonly #folder: string
  readonly #apart: boolean
  readonly #mounted: string[] = []
  #count = 1

  constructor(folder: string, apart: boolean) {
    this.#folder = folder
    this.#apart = apart
  }

  async machine(what: string, usualPort: number, command: (machine: Machine) => Command): Promise<Machine> {
    const n = ++this.#count
    const place: Place = this.#apart
      ? { host: `10.77.0.${n}`, port: usualPort, n }
      : { host: '127.0.0.1', port: await freePort(), n: null }
    const folder = join(this.#folder, what)
    mkdirSync(folder, { recursive: true })
    if (this.#apart && what.startsWith('node')) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', folder])
      this.#mounted.push(folder)
    }
    return new Machine(what, place, folder, command)
  }

  close() {
    for (const folder of this.#mounted) execFileSync('umount', ['-l', folder])
  }
}

const isUp = ({ place: { host, port } }: Machine) => untilItAnswers(port, host)

/** Where a process of a machine listens: for the others, and for itself. */
const addressesOf = ({ host }: Place) => [...new Set([host, '127.0.0.1'])]

/**
 * What is run on a node: after a full disk or a kill the end of its file may be broken off, which is cut off first, as the container's
 * command does (docker/redis/start.sh), and others are left the time to take over: they have what it lost. Its settings lie in a file, where Sentinels write down whom it follows.
 */
const nodeCommand = ({ folder }: Machine): Command => ({
  program: 'sh',
  args: [
    '-c',
    'manifest=$1/appendonlydir/appendonly.aof.manifest; if [ -e "$manifest" ] && ! redis-check-aof "$manifest" >/dev/null 2>&1; then echo y | redis-check-aof --fix "$manifest" >/dev/null 2>&1; sleep 8; fi; exec "$2" "$1/node.conf"',
    ...['node', folder, findServer()],
  ],
})

const makeNode = async (dealer: Dealer, what: string, settings: string[]) => {
  const node = await dealer.machine(what, 6379, nodeCommand)
  const { folder, place } = node
  const { masteruser, masterauth } = replicationLogin
  const lines = [
    ...[
      `port ${place.port}`,
      `bind ${addressesOf(place).join(' ')}`,
      `dir ${folder}`,
      'save ""',
      'appendonly yes',
    ],
    ...[`aclfile ${join(folder, 'users.acl')}`, `masteruser ${masteruser}`, `masterauth ${masterauth}`],
    ...['repl-diskless-sync-delay 0', 'repl-timeout 10', 'loglevel warning', `logfile ${folder}.log`],
    ...settings,
  ]
  writeFileSync(join(folder, 'node.conf'), `${lines.join('\n')}\n`)
  writeFileSync(join(folder, 'users.acl'), firstUsers)
  return node
}

const asDefault = ({ place: { host, port } }: Machine) =>
  new Redis({ host, port, username: 'default', password: spreadPassword })

const behindSentinels = async (dealer: Dealer): Promise<Omit<SetUp, 'servers'>> => {
  const first = await makeNode(dealer, 'node1', [])
  const from = [`replicaof ${first.place.host} ${first.place.port}`]
  const nodes = [first, await makeNode(dealer, 'node2', from), await makeNode(dealer, 'node3', from)]
  for (const node of nodes) node.start()
  await Promise.all(nodes.map(isUp))
  const sentinels: Machine[] = []
  for (const n of [1, 2, 3]) {
    const sentinel = await dealer.machine(`sentinel${n}`, 26379, ({ folder, place }) => ({
      program: findServer(),
      args: [
        join(folder, 'sentinel.conf'),
        '--sentinel',
        '--port',
        String(place.port),
        '--bind',
        ...addressesOf(place),
      ],
    }))
    const { folder } = sentinel
    const lines = [`dir ${folder}`, `logfile ${folder}.log`]
    lines.push(...watched(first.place.host, first.place.port, { timeoutMs: 6000 }))
    writeFileSync(join(folder, 'sentinel.conf'), `${lines.join('\n')}\n`)
    sentinels.push(sentinel)
  }
  for (const sentinel of sentinels) sentinel.start()
  await Promise.all(sentinels.map(isUp))
  await wait(3000) // they find one another by what they publish each two seconds
  return {
    kind: 'sentinel',
    url: `redis+sentinel://${sentinels.map(({ address }) => address).join(',')}/gallery`,
    nodes,
    sentinels,
  }
}

const asCluster = async (dealer: Dealer): Promise<Omit<SetUp, 'servers'>> => {
  const settings = ['cluster-enabled yes', 'cluster-node-timeout 2000', 'cluster-replica-validity-factor 0']
  const nodes: Machine[] = []
  for (let n = 1; n <= 6; n++) nodes.push(await makeNode(dealer, `node${n}`, settings))
  for (const node of nodes) node.start()
  await Promise.all(nodes.map(isUp))
  const members = nodes.map((node) => ({
    link: asDefault(node),
    host: node.place.host,
    port: node.place.port,
  }))
  await joinCluster(members)
  for (const { link } of members) link.disconnect()
  return {
    kind: 'cluster',
    url: `redis+cluster://${nodes.map(({ address }) => address).join(',')}`,
    nodes,
    sentinels: [],
  }
}

/** The environment of a process that uses the set-up. */
export const environmentOf = (url: string, home: string): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_'))),
  CIMAISE_REDIS_URL: url,
  CIMAISE_REDIS_PASSWORD: spreadPassword,
  CIMAISE_ACCOUNT: 'admin',
  CIMAISE_PASSWORD: adminPassword,
  CIMAISE_HOME: home,
})

/** Starts the servers of a store, without any of ours. */
export const startStore = (kind: Kind, dealer: Dealer): Promise<Omit<SetUp, 'servers'>> =>
  kind === 'sentinel' ? behindSentinels(dealer) : asCluster(dealer)

/** Starts a set-up with two app servers, and returns it once both answer. */
export const startSetUp = async (kind: Kind, dealer: Dealer, root: string): Promise<SetUp> => {
  const store = await startStore(kind, dealer)
  const servers: Machine[] = []
  for (const n of [1, 2]) {
    const server = await dealer.machine(`server${n}`, 8420, ({ folder, place: { port } }) => ({
      program: process.execPath,
      args: [join(root, 'out/main/server.js'), '--port', String(port), '--host', '0.0.0.0'],
      env: environmentOf(store.url, folder),
    }))
    server.start()
    servers.push(server)
    await untilHealthy(server)
  }
  return { ...store, servers }
}

const untilHealthy = async ({ address }: Machine) => {
  for (;;) {
    const response = await fetch(`http://${address}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(
      () => null,
    )
    if (response?.ok) return
    await wait(200)
  }
}
