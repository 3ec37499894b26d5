import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { getRequestListener } from '@hono/node-server'
import { createORPCClient } from '@orpc/client'
import { RPCLink as FetchLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { onTestFinished } from 'vitest'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { createAccount } from '../../src/core/access/accounts.ts'
import { applicationRoot } from '../../src/core/gallery/app-paths.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { openPreviewCache } from '../../src/core/previews/open-preview-cache.ts'
import { createDecoder } from '../../src/core/library/decode/pool.ts'
import type { Context } from '../../src/router/base.ts'
import { router } from '../../src/router/index.ts'
import { Administration } from '../../src/server/administration.ts'
import { TokenSessions } from '../../src/server/api/token-sessions.ts'
import { createApp } from '../../src/server/app.ts'
import { UploadSettings } from '../../src/core/library/uploads/upload-settings.ts'
import { openUploads } from '../../src/server/uploads.ts'
import { readProxies } from '../../src/server/proxies.ts'
import { openAttempts, openSessions } from '../../src/server/sessions/open-sessions.ts'
import type { contract } from '../../src/shared/contract/index.ts'
import { fetchUntil } from '../support/fetch-until.ts'
import { startLibrary, type TestLibrary } from '../support/library.ts'

type Client = ContractRouterClient<typeof contract>

export interface Connected {
  client: Client
  /** The owner, beside the transport. */
  owner: Session
}

const contextOf = ({ gallery, session }: TestLibrary): Context => ({
  gallery,
  session,
  library: null,
  desktop: null,
  shell: 'desktop',
})

const inProcess = async (house: TestLibrary): Promise<Client> =>
  createRouterClient(router, { context: contextOf(house) })

/** As the desktop's page and its main process speak. */
const overPort = async (house: TestLibrary): Promise<Client> => {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => port1.close())
  new RPCHandler<Context>(router).upgrade(port1, { context: contextOf(house) })
  return createORPCClient(new PortLink({ port: port2 }))
}

/** As a browser speaks to the server: logged in, through all that the browser shell puts before the contract. */
const overHttp = async ({ gallery, session, library }: TestLibrary): Promise<Client> => {
  const decoder = createDecoder()
  onTestFinished(() => decoder.close())
  const sessions = openSessions(gallery, session, null)
  const attempts = openAttempts(gallery, null)
  const tokens = new TokenSessions(gallery, session, attempts)
  const administration = new Administration(gallery, session, null)
  onTestFinished(() => {
    tokens.close()
    administration.close()
  })
  const { home } = gallery
  const { originals } = library
  const uploads = await openUploads({
    ...{ self: session, home, library, originals, decoder },
    settings: new UploadSettings(session, { pattern: null, bytesOfAccount: 0 }),
    base: '/',
  })
  const app = createApp({
    gallery,
    self: session,
    sessions,
    attempts,
    library,
    originals,
    rendererDir: join(applicationRoot(), 'out', 'renderer'),
    decoder,
    hosts: null,
    cookie: 'cimaise-test',
    proxies: readProxies(''),
    base: '/',
    embedders: [],
    steward: null,
    tokens,
    uploads,
    mail: null,
    provider: null,
    loginHeader: null,
    administration,
    precompressed: false,
    previewCache: openPreviewCache(gallery.home.path, {}),
  })
  const listener = getRequestListener((request, env) => app.fetch(request, env))
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  onTestFinished(() => {
    sessions.close()
    server.close()
    server.closeAllConnections()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const key = newKey()
  await createAccount(session, { name: 'eve', role: 'administrator', canCreateAlbums: false, key })
  const response = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'eve', key }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return createORPCClient(
    new FetchLink({
      url: `${origin}/rpc`,
      headers: { cookie },
      fetch: (request, init, { signal }) => fetchUntil(request, init, signal),
    }),
  )
}

const transports = { 'in process': inProcess, 'over a message port': overPort, 'over HTTP': overHttp }
export type Transport = keyof typeof transports
export const everyTransport = Object.keys(transports) as Transport[]

/** An administrator's client of a gallery of the test's own. */
export const connect = async (transport: Transport): Promise<Connected> => {
  const house = await startLibrary()
  return { client: await transports[transport](house), owner: house.session }
}
