import { Redis } from 'ioredis'

/*
 * A TLS connection can report two errors: that it is written to after its end, then that the server took its early end amiss; or that
 * its certificate is refused, then that it was reset. ioredis 6 listens for the first alone, and one that nobody listens for ends
 * the program. Connections that ioredis makes for itself, to Sentinels and to nodes of a cluster, are Redis too.
 */

const streams = new WeakMap<Redis, Redis['stream']>()

Object.defineProperty(Redis.prototype, 'stream', {
  configurable: true,
  get(this: Redis) {
    return streams.get(this)
  },
  set(this: Redis, stream: Redis['stream']) {
    stream.on('error', () => undefined)
    streams.set(this, stream)
  },
})
