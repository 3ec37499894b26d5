import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../src/shared/contract/index.ts'

/** What speaks the contract to a server. */
export type Client = ContractRouterClient<typeof contract>

/** Speaks the contract to a server, with a cookie; as a guest without one. */
export const clientOf = ({ origin }: { origin: string }, cookie = ''): Client =>
  createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: cookie === '' ? {} : { cookie } }))
