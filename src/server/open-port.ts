import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { usualPort } from '../shared/domain/usual-port.ts'
import { GalleryError } from '../shared/errors.ts'
import type { ServerOptions } from './options.ts'

/** How long a slow client may take to send its headers, and all of its request, in milliseconds. */
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5000 }

/**
 * A client that vanished without a word is noticed by probes of TCP: the first after 5 s of silence, and five in a row that
 * are not answered, one a second, end the connection.
 */
const probing = { enable: true, initialDelay: 5000, interval: 1000, count: 5 }

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

type Address = Pick<ServerOptions, 'port' | 'host'>

const listenSomewhere = async (server: Server, { port, host }: Address) => {
  try {
    await listen(server, port ?? usualPort, host)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' && port === null) return listen(server, 0, host)
    const where = { port: String(port ?? usualPort), host }
    throw code === 'EADDRINUSE'
      ? new GalleryError('UNAVAILABLE', 'portTaken', where, { cause })
      : new GalleryError('UNAVAILABLE', 'portUnusable', { ...where, code: code ?? 'unknown' }, { cause })
  }
}

/**
 * A server on the port that was asked for; on any free one, where none was and the usual one is taken. UNAVAILABLE where that port
 * cannot be had.
 */
export const openPort = async (address: Address): Promise<{ server: Server; port: number }> => {
  const server = createServer(timeouts)
  server.on('connection', (socket) => socket.setKeepAlive(probing))
  await listenSomewhere(server, address)
  return { server, port: (server.address() as AddressInfo).port }
}

/** The name under which this computer itself reaches an address that the server listens on. */
export const displayName = (host: string) => {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
