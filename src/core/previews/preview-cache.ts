import { hash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Files begin with the SHA-256 of what follows: what a power cut left of one is told from a whole one. */
const sealBytes = 32
/** When a file was last used is noted as exactly as this, in milliseconds: each note is a write. */
const useStepMs = 60_000
/** What is being written has a name of its own, which is swept away when its process died over it, in milliseconds. */
const partLifeMs = 10 * 60_000
const partEnding = '.part'
/** Of the bound: what is written by one process between two looks at the whole folder. */
const sweepStep = 1 / 32
/**
 * Parts of the bound: beyond the first a look has files go, down to the second. What lies above it is room for what two
 * processes write until the next look of either, and during one.
 */
const sweepTo = { over: 1 - 4 * sweepStep, down: 0.8 }
/** What else lies on the disk comes first, Redis's own files above all, in bytes. */
const usualReserve = 1024 ** 3
/** Files looked at side by side. */
const looksAtOnce = 32

interface CachedFile {
  path: string
  bytes: number
  /** Milliseconds since 1970. */
  used: number
}

export interface CacheLimits {
  /** Of all files together; 0: nothing is kept. */
  maxBytes: number
  /** What is left free on the disk, whatever the bound is. */
  reserve?: number
}

const sealOf = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer')

/**
 * Previews on the disk of the host that has the originals, by name. Those that were not used for longest go first. Any number of
 * processes may use one folder: a file is there whole or not at all, and one that another process swept away is not there.
 * What the system refuses costs the preview its place and nothing else.
 */
export class PreviewCache {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #reserve: number
  /** Since the last look at the whole folder; of the time before the first one nothing is known. */
  #written = Number.POSITIVE_INFINITY
  #sweeping: Promise<void> | null = null

  constructor(folder: string, { maxBytes, reserve = usualReserve }: CacheLimits) {
    this.#folder = folder
    this.#maxBytes = maxBytes
    this.#reserve = reserve
  }

  /** The bytes that were kept under a name, which counts as a use of them; null where there are none, or not those. */
  async get(name: string): Promise<Buffer | null> {
    const file = await open(this.#pathOf(name), 'r+').catch(() => null)
    if (!file) return null
    try {
      const { mtimeMs } = await file.stat()
      const all = await file.readFile()
      const bytes = all.subarray(sealBytes)
      if (!sealOf(bytes).equals(all.subarray(0, sealBytes))) {
        await rm(this.#pathOf(name), { force: true })
        return null
      }
      const now = Date.now()
      if (Math.abs(now - mtimeMs) > useStepMs) await file.utimes(now / 1000, now / 1000)
      return bytes
    } catch {
      return null
    } finally {
      await file.close()
    }
  }

  /** Keeps bytes under a name that says what they are, so that no others are ever kept under it. */
  async keep(name: string, bytes: Uint8Array): Promise<void> {
    const size = bytes.length + sealBytes
    if (size > this.#maxBytes * sweepStep) return
    if (this.#written + size > this.#maxBytes * sweepStep) await this.sweep()
    this.#written += size
    const path = this.#pathOf(name)
    const part = `${path}.${randomBytes(6).toString('hex')}${partEnding}`
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(part, Buffer.concat([sealOf(bytes), bytes]), { mode: 0o600, flag: 'wx' })
      await rename(part, path)
    } catch {
      await rm(part, { force: true }).catch(() => undefined)
    }
  }

  /** Does something with an empty folder on the same disk, which goes at its end with all that is in it. */
  async withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const folder = await mkdtemp(join(this.#folder, `${partEnding}-`))
    try {
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Looks at the whole folder, and brings it below the bound again. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep()
      .catch(() => undefined)
      .finally(() => (this.#sweeping = null))
    return this.#sweeping
  }

  async #sweep() {
    this.#written = 0
    const files = await this.#files()
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    const bound = Math.min(this.#maxBytes, total + (await this.#free()))
    if (total <= bound * sweepTo.over) return
    for (const { path, bytes } of files.toSorted((a, b) => a.used - b.used)) {
      if (total <= bound * sweepTo.down) return
      await rm(path, { force: true })
      total -= bytes
    }
  }

  /** Bytes that may still be written without touching the reserve; negative where that is used already. */
  async #free() {
    const { bavail, bsize } = await statfs(this.#folder)
    return bavail * bsize - this.#reserve
  }

  async #files(): Promise<CachedFile[]> {
    const entries = await readdir(this.#folder, { recursive: true, withFileTypes: true })
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    const files: CachedFile[] = []
    const look = async () => {
      for (let path = paths.pop(); path; path = paths.pop()) {
        const found = await stat(path).catch(() => null)
        if (!found) continue
        const isLeft = path.includes(partEnding) && Date.now() - found.mtimeMs > partLifeMs
        if (isLeft) await rm(path, { force: true })
        else files.push({ path, bytes: found.size, used: found.mtimeMs })
      }
    }
    await Promise.all(Array.from({ length: looksAtOnce }, look))
    return files
  }

  /** Some folders, as a single one of many thousands of files is slow to look up in on some disks. */
  #pathOf(name: string) {
    return join(this.#folder, name.slice(0, 2), name)
  }
}
