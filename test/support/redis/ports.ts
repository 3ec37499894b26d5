import { createServer, type AddressInfo } from 'node:net'
import { Redis } from 'ioredis'

export const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

/** A port for a node of a cluster: that of its bus lies 10,000 above. */
export const clusterPort = async (): Promise<number> => {
  for (;;) {
    const port = await freePort()
    if (port < 55_000) return port
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
