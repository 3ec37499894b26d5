import { Cluster, Redis } from 'ioredis'

/*
 * ioredis 6 lets go of a connection that is between two tries to come back without ending it: what waits in its queue then is never
 * answered. Connections of ours end whenever they are let go of, and what waits fails with them.
 */

type Internals = {
  setStatus: (status: 'close' | 'end') => void
  flushQueue: (error: Error) => void
  handleCloseEvent: () => void
}

const internalsOf = (redis: Redis | Cluster) => redis as unknown as Internals

/** A connection to one server. */
export class EndingRedis extends Redis {
  override disconnect(reconnect = false): void {
    const isBetweenTries = this.status === 'reconnecting'
    super.disconnect(reconnect)
    if (reconnect || !isBetweenTries) return
    internalsOf(this).setStatus('end')
    internalsOf(this).flushQueue(new Error('Connection is closed.'))
  }
}

/** A connection to a cluster. */
export class EndingCluster extends Cluster {
  #isLetGo = false

  constructor(...given: ConstructorParameters<typeof Cluster<'legacy'>>) {
    super(...given)
    // Nodes that were let go of earlier say late that they have ended, and the cluster takes itself for closed once more.
    this.on('close', () => process.nextTick(() => this.#end()))
  }

  override disconnect(reconnect = false): void {
    const hadNodes = this.nodes().length > 0
    this.#isLetGo ||= !reconnect
    super.disconnect(reconnect)
    // The last of its nodes to end would tell that it is closed.
    if (!hadNodes && this.status === 'disconnecting') internalsOf(this).setStatus('close')
  }

  #end() {
    if (this.#isLetGo && this.status === 'close') internalsOf(this).handleCloseEvent()
  }
}
