/** Which paths have a key: nearly always one, so that no set is made before there is a second. */
export class PathIndex {
  readonly #paths = new Map<string, string | Set<string>>()

  add(key: string, path: string) {
    const known = this.#paths.get(key)
    if (known === undefined || known === path) this.#paths.set(key, path)
    else if (typeof known === 'string') this.#paths.set(key, new Set([known, path]))
    else known.add(path)
  }

  delete(key: string, path: string) {
    const known = this.#paths.get(key)
    if (known === path) this.#paths.delete(key)
    if (!(known instanceof Set)) return
    known.delete(path)
    if (known.size === 0) this.#paths.delete(key)
  }

  count(key: string): number {
    const known = this.#paths.get(key)
    return known instanceof Set ? known.size : known === undefined ? 0 : 1
  }

  /** The first paths of a key, at most `limit` of them. */
  of(key: string, limit: number): string[] {
    const known = this.#paths.get(key)
    if (typeof known === 'string') return [known]
    const paths: string[] = []
    for (const path of known ?? []) {
      if (paths.length === limit) break
      paths.push(path)
    }
    return paths
  }
}
