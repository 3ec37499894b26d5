import { setTimeout as wait } from 'node:timers/promises'
import type { RedisAddress } from '../../redis/address.ts'
import type { Keys } from '../../redis/keys.ts'
import { shareSentinels } from '../../redis/primary.ts'
import type { Sentinels } from '../../redis/sentinels.ts'
import type { NodeOptions } from './admit.ts'
import { NodeLink } from './node-link.ts'
import { latest, parseClusterNodes, placeName, placesOf, type Place } from './topology.ts'
import { readVersion, readWantedUsers, type WantedUsers } from './wanted-users.ts'

/** How often all nodes are looked at, in milliseconds. */
const lookIntervalMs = 300
/** How old the record may be that nodes are compared with, in milliseconds: share links end by the clock. */
const recordAgeMs = 15_000
/** How long a primary may refuse changes as its disk is full, in milliseconds, and how soon the Sentinels are asked again. */
const fullDiskMs = 1500
const changeOverIntervalMs = 10_000
const tlsOf = ({ tls, certificates }: RedisAddress) => (tls ? { tls: { ...certificates } } : {})

export interface StewardOptions {
  address: RedisAddress
  keys: Keys
  /** Of the program's own account, and of `default` on nodes that have no such account yet. */
  password: string
  /** Another server takes the changes from now on. */
  onTakeover?: ((serving: ReadonlySet<string>) => void) | undefined
}

/**
 * Brings every node of a Sentinel or Cluster set-up in step with the record of rights, for as long as it is open: at start, when the
 * record changes, and when a node appears, returns or changes its role.
 */
export class Steward {
  readonly #options: StewardOptions
  readonly #sentinels: Sentinels | null
  readonly #leaveSentinels: () => void
  readonly #links = new Map<string, NodeLink>()
  readonly #stop = new AbortController()
  #wanted: (WantedUsers & { at: number }) | null = null
  #serving = new Set<string>()
  #changeOverAfter = 0

  constructor(options: StewardOptions) {
    this.#options = options
    const { address } = options
    const shared = address.kind === 'sentinel' ? shareSentinels(address) : null
    this.#sentinels = shared?.sentinels ?? null
    this.#leaveSentinels = shared?.leave ?? (() => undefined)
    if (address.kind === 'cluster') for (const node of address.nodes) this.#link({ ...node, serves: false })
  }

  /** Starts looking; resolves after the first look. */
  async start(): Promise<void> {
    await this.#sentinels?.reached()
    await this.look()
    await Promise.all(this.nodes.map((link) => link.reached()))
    await this.look()
    void this.#run()
  }

  /** Of the program's own account. */
  get password(): string {
    return this.#options.password
  }

  get nodes(): NodeLink[] {
    return [...this.#links.values()]
  }

  get nodesByName(): NodeLink[] {
    return this.nodes.sort((a, b) => a.name.localeCompare(b.name))
  }

  close() {
    if (this.#stop.signal.aborted) return
    this.#stop.abort()
    this.#leaveSentinels()
    for (const link of this.#links.values()) link.close()
  }

  async #run() {
    const { signal } = this.#stop
    while (!signal.aborted) {
      await wait(lookIntervalMs, undefined, { signal, ref: false }).catch(() => undefined)
      // What fails is asked again; `standing` of each node says how it is.
      // oxlint-disable-next-line typescript/no-unnecessary-condition -- it may be aborted while it is waited
      if (!signal.aborted) await this.look().catch(() => undefined)
    }
  }

  /** Looks at all nodes once, for as long as a node that answers takes. */
  async look(): Promise<void> {
    this.#follow(await this.#places())
    const wanted = await this.#record().catch(() => null)
    for (const link of this.#links.values()) void link.look(wanted)
    await this.#leaveFullDisk()
    await Promise.all(this.nodes.map((link) => link.settled()))
  }

  /** A primary whose disk stays full takes no changes: where there are Sentinels, a replica whose disk is not takes over. */
  async #leaveFullDisk() {
    const now = performance.now()
    const isStuck = this.nodes.some(
      ({ serves, fullSince }) => serves && fullSince !== null && now - fullSince > fullDiskMs,
    )
    if (!isStuck || !this.#sentinels || now < this.#changeOverAfter) return
    this.#changeOverAfter = now + changeOverIntervalMs
    await this.#sentinels.changeOver().catch(() => undefined) // another one has begun it, or no replica can
  }

  async #places(): Promise<Place[]> {
    if (this.#sentinels) return latest((await this.#sentinels.views()).map(placesOf))?.places ?? []
    const asked = this.nodes
      .filter((link) => link.isReady)
      .map(async (link) => parseClusterNodes((await link.redis.call('CLUSTER', 'NODES')) as string, link))
    const views = await Promise.allSettled(asked)
    return latest(views.flatMap((view) => (view.status === 'fulfilled' ? [view.value] : [])))?.places ?? []
  }

  /** Has a link to each place, and none to places that are no more. Where nobody knows any, all stays as it is. */
  #follow(places: Place[]) {
    if (places.length === 0) return
    for (const place of places) this.#link(place).serves = place.serves
    const names = new Set(places.map(placeName))
    for (const [name, link] of this.#links)
      if (!names.has(name)) {
        link.close()
        this.#links.delete(name)
      }
    const serving = new Set(places.filter(({ serves }) => serves).map(placeName))
    const before = this.#serving
    this.#serving = serving
    const moved = before.size !== serving.size || [...before].some((name) => !serving.has(name))
    if (before.size > 0 && moved) this.#options.onTakeover?.(serving)
  }

  #link(place: Place): NodeLink {
    const name = placeName(place)
    const link = this.#links.get(name) ?? new NodeLink(place, this.#options.keys, this.#nodeOptions(place))
    this.#links.set(name, link)
    return link
  }

  #nodeOptions({ host, port }: Place): NodeOptions {
    return { host, port, password: this.#options.password, ...tlsOf(this.#options.address) }
  }

  /** The record, from a node that has it; null where none answers. */
  async #record(): Promise<WantedUsers | null> {
    const { keys } = this.#options
    for (const { serves, isReady, redis } of this.nodes) {
      if (!serves || !isReady) continue
      try {
        const fresh = this.#wanted && performance.now() - this.#wanted.at < recordAgeMs
        if (fresh && this.#wanted?.version === (await readVersion(redis, keys))) return this.#wanted
        const read = { ...(await readWantedUsers(redis, keys)), at: performance.now() }
        return (this.#wanted = read)
      } catch {
        // Of a cluster's nodes only one has the record.
      }
    }
    return null
  }
}
