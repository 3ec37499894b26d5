import { createServer } from 'node:net'
import { Redis } from 'ioredis'

/** Where nothing listens: the port of a service that no machine has had for decades, and that only root could offer. */
export const silentPort = 1

/**
 * Ports that no system hands out by itself, so that neither a client nor a server on port 0 takes one before it is used. The bus of
 * a cluster's node lies 10,000 above its port, which is free of them too.
 */
const ports = { first: 10_000, count: 10_000 }
let next = Math.floor(Math.random() * ports.count)

const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** A port that nobody listens on, for a server or a node of a cluster. Tests run beside each other: each begins elsewhere. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = ports.first + (next++ % ports.count)
    if (await isFree(port)) return port
  }
}

/** Resolves once a server answers at all, whatever it answers. */
export const untilItAnswers = async (port: number, host = '127.0.0.1'): Promise<void> => {
  const redis = new Redis({
    port,
    host,
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    lazyConnect: true,
    disableClientInfo: true,
    retryStrategy: () => 20,
  })
  redis.on('error', () => undefined)
  await redis.ping().catch(() => undefined)
  redis.disconnect()
}
