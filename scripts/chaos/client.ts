import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { deriveKey } from '../../src/core/gallery/credentials.ts'
import type { contract } from '../../src/shared/contract/index.ts'
import type { Machine } from './machine.ts'

type Rpc = ContractRouterClient<typeof contract>

/** Longer than a server has patience with its store, in milliseconds. */
const answerTimeoutMs = 40_000

/** How a call ended: answered, refused for good, or so that it is not known whether it was done. */
export type Outcome<T> =
  | { how: 'answered'; value: T }
  | { how: 'done'; why: string }
  | { how: 'refused'; why: string }
  | { how: 'unknown'; why: string }

/** What a server says of a change whose answer was lost. */
const textOf = (error: { code: string; data: unknown }) => {
  const { text } = (error.data ?? {}) as { text?: { id?: string } }
  return text?.id ?? error.code
}

/** One browser session: it stays with a server until that one does not answer, and goes on with the other. */
export class Client {
  readonly #servers: Machine[]
  #at: number
  #cookie = ''

  constructor(servers: Machine[], first: number) {
    this.#servers = servers
    this.#at = first
  }

  get #origin() {
    return `http://${this.#servers[this.#at]?.address ?? ''}`
  }

  #rpc(): Rpc {
    return createORPCClient(
      new RPCLink({
        url: `${this.#origin}/rpc`,
        headers: () => ({ cookie: this.#cookie, origin: this.#origin }),
        fetch: (request, init) => fetch(request, { ...init, signal: AbortSignal.timeout(answerTimeoutMs) }),
      }),
    )
  }

  async logIn(account: string, password: string) {
    const { gallery } = await this.#rpc().gallery.session()
    const key = await deriveKey(gallery.id, account, password)
    const response = await fetch(`${this.#origin}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#origin },
      body: JSON.stringify({ account, key }),
    })
    this.#cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    if (!response.ok) throw new Error(`login: ${response.status} ${await response.text()}`)
  }

  /** Makes a call. */
  async call<T>(work: (rpc: Rpc) => Promise<T>): Promise<Outcome<T>> {
    try {
      return { how: 'answered', value: await work(this.#rpc()) }
    } catch (error) {
      return this.#outcome(error)
    }
  }

  #outcome(error: unknown): Outcome<never> {
    if (error instanceof ORPCError) {
      const why = textOf({ code: String(error.code), data: error.data as unknown })
      if (why === 'changeWasMade') return { how: 'done', why }
      if (error.code === 'UNAVAILABLE' || error.code === 'SERVICE_UNAVAILABLE') return { how: 'unknown', why }
      return { how: 'refused', why: `${error.code} ${why}` }
    }
    this.#at = (this.#at + 1) % this.#servers.length
    return { how: 'unknown', why: error instanceof Error ? error.message : String(error) }
  }
}
