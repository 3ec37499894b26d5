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

/** Resolves once a server answers at all, whatever it answers. */
export const untilItAnswers = async (port: number): Promise<void> => {
  const redis = new Redis({
    port,
    host: '127.0.0.1',
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
