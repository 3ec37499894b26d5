/** Bytes of the thumbnails that one process keeps: some thousands of them, which is what users look at now. */
const maxBytes = 64 * 1024 * 1024

/**
 * Thumbnails that were read and had the digest of their name: they need no reading and no digest again. Those that were not
 * asked for the longest go first. It knows nothing of rights, which each caller shows to Redis each time.
 */
export class KeptThumbs {
  readonly #maxBytes: number
  readonly #thumbs = new Map<string, Buffer>()
  #bytes = 0

  constructor(max = maxBytes) {
    this.#maxBytes = max
  }

  /** The bytes of a thumbnail; undefined where it is not kept. */
  get(name: string): Buffer | undefined {
    const bytes = this.#thumbs.get(name)
    if (!bytes) return undefined
    this.#thumbs.delete(name)
    this.#thumbs.set(name, bytes)
    return bytes
  }

  /** `bytes` have the digest that is their name. */
  keep(name: string, bytes: Buffer): void {
    if (this.#thumbs.has(name)) return
    // A piece of a larger buffer would keep all of that.
    this.#thumbs.set(name, Buffer.from(bytes))
    this.#bytes += bytes.length
    for (const [oldest, { length }] of this.#thumbs) {
      if (this.#bytes <= this.#maxBytes) return
      this.#thumbs.delete(oldest)
      this.#bytes -= length
    }
  }
}
