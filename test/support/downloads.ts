import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../src/shared/contract/index.ts'
import type { DownloadInput } from '../../src/shared/schemas/download.ts'

const headersOf = (cookie: string) => (cookie === '' ? {} : { cookie })

/** Speaks the contract to a server, with a cookie. */
export const clientOf = (origin: string, cookie: string): ContractRouterClient<typeof contract> =>
  createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: headersOf(cookie) }))

/** Asks a server for downloads as the page does. */
export const downloadsOf = (origin: string, cookie: string) => {
  const headers = headersOf(cookie)
  const { downloads } = clientOf(origin, cookie)
  const part = (
    id: string,
    number = 0,
    more: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ) => fetch(`${origin}/zip/${id}/${number}`, { ...more, headers: { ...headers, ...more.headers } })
  return {
    prepare: (options: DownloadInput) => downloads.prepare(options),
    state: (of: { id: string }) => downloads.state(of),
    stop: (of: { id: string }) => downloads.stop(of),
    part,
    /** The first zip file of a download that is laid out for it. */
    fetch: async (
      options: DownloadInput,
      more?: { headers?: Record<string, string>; signal?: AbortSignal },
    ) => part((await downloads.prepare(options)).id, 0, more),
  }
}
