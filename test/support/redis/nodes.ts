import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Redis } from 'ioredis'

/*
 * What an operator gives to the servers of a gallery that lies on several (docs/operations.md), and how they become a cluster: for tests,
 * and for the chaos.
 */

/** The password of the program's account, and of `default` on a node that has none yet. */
export const spreadPassword = 'the program on every node'

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** The ACL file of each node: who may do what before Cimaise has seen it. */
export const firstUsers = [
  `user default on #${digest(spreadPassword)} ~* &* +@all`,
  `user replication on #${digest('copies')} resetchannels -@all +psync +replconf +ping`,
  `user sentinel on #${digest('watches')} &* -@all +multi +exec +ping +info +role +publish +subscribe +psubscribe +slaveof +replicaof +config|rewrite +client|setname +client|kill +script|kill +failover`,
]
  .map((line) => `${line}\n`)
  .join('')

/** What each node follows its primary by. */
export const replicationLogin = { masteruser: 'replication', masterauth: 'copies' }

/** What a Sentinel is told of the primary. `downAfterMs`: less takes one that has just been found for gone. */
export const watched = (
  host: string,
  port: number,
  { downAfterMs = 2000, timeoutMs = 4000 } = {},
): string[] => [
  `sentinel monitor gallery ${host} ${port} 2`,
  ...['sentinel auth-user gallery sentinel', 'sentinel auth-pass gallery watches'],
  `sentinel down-after-milliseconds gallery ${downAfterMs}`,
  `sentinel failover-timeout gallery ${timeoutMs}`,
]

/** Asks again until something is so. */
export const until = async (what: string, isSo: () => Promise<boolean>, timeoutMs = 30_000) => {
  const deadline = Date.now() + timeoutMs
  while (Date.now() < deadline) {
    if (await isSo().catch(() => false)) return
    await wait(50)
  }
  throw new Error(`not after ${timeoutMs} ms: ${what}`)
}

const slotsOf = (n: number) =>
  [Math.floor((16384 * n) / 3), Math.floor((16384 * (n + 1)) / 3) - 1].map(String)

/** Makes one cluster of six nodes, the last three replicas of the first three; resolves once all have their data. */
export const joinCluster = async (nodes: { link: Redis; host: string; port: number }[]): Promise<void> => {
  const links = nodes.map(({ link }) => link)
  for (const { host, port } of nodes.slice(1)) await links[0]?.call('CLUSTER', 'MEET', host, String(port))
  for (let n = 0; n < 3; n++) await links[n]?.call('CLUSTER', 'ADDSLOTSRANGE', ...slotsOf(n))
  for (let n = 0; n < 3; n++) {
    const id = String(await links[n]?.call('CLUSTER', 'MYID'))
    await until('a node knows its primary', async () => {
      await links[n + 3]?.call('CLUSTER', 'REPLICATE', id)
      return true
    })
  }
  await until('the cluster is whole', async () => {
    const states = await Promise.all(links.map((link) => link.call('CLUSTER', 'INFO')))
    const roles = await Promise.all(links.slice(3).map((link) => link.info('replication')))
    return (
      states.every((text) => /cluster_state:ok/.test(String(text))) &&
      roles.every((text) => /master_link_status:up/.test(text))
    )
  })
}
