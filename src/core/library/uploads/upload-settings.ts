import { exampleFile, nameByPattern } from '../../../shared/domain/naming-pattern.ts'
import { usualAccountBytes } from '../../../shared/domain/uploads.ts'
import type { UploadSettings as Told, WantedUploads } from '../../../shared/schemas/upload.ts'
import type { Session } from '../../gallery/session.ts'
import { onRedis } from '../../redis/errors.ts'

/** What whoever starts the server has said, which no setting changes; null where they said nothing. */
export interface FixedUploads {
  pattern: string | null
  bytesOfAccount: number | null
}

const gigabyte = 1e9

const isPattern = (pattern: string | null | undefined): pattern is string => {
  if (!pattern) return false
  try {
    nameByPattern(pattern, exampleFile())
    return true
  } catch {
    return false
  }
}

/** What administrators have said of uploads, for all servers of the gallery; what is none counts as not said. */
const readKept = ({ redis, keys }: Session) =>
  onRedis(async () => {
    const [pattern, gigabytes] = await redis.hmget(keys.meta, 'uploadPattern', 'uploadQuota')
    const quota = gigabytes ? Number(gigabytes) : Number.NaN
    return { pattern: isPattern(pattern) ? pattern : null, gigabytes: quota >= 0 ? quota : null }
  })

/** How files that browsers send are named, and how much an account may send. */
export class UploadSettings {
  readonly #self: Session
  readonly #fixed: FixedUploads

  constructor(self: Session, fixed: FixedUploads) {
    this.#self = self
    this.#fixed = fixed
  }

  /** `pattern`: null where that of the folder holds. */
  async read(): Promise<{ pattern: string | null; bytesOfAccount: number }> {
    const kept = await readKept(this.#self)
    const bytes = kept.gigabytes === null ? usualAccountBytes : kept.gigabytes * gigabyte
    return {
      pattern: this.#fixed.pattern ?? kept.pattern,
      bytesOfAccount: this.#fixed.bytesOfAccount ?? bytes,
    }
  }

  /** The same for whoever may change it, and what the start of the server says. */
  async describe(): Promise<Told> {
    const { pattern, bytesOfAccount } = await this.read()
    const { pattern: fixedPattern, bytesOfAccount: fixedBytes } = this.#fixed
    return {
      pattern,
      gigabytes: bytesOfAccount / gigabyte,
      fixed: { pattern: fixedPattern !== null, gigabytes: fixedBytes !== null },
    }
  }
}

/**
 * Says how files are named and how much an account may send, on all servers of the gallery. Null: the usual. Administrators.
 *
 * @throws INVALID for a pattern that is none
 */
export const setUploads = ({ redis, keys }: Session, { pattern, gigabytes }: WantedUploads): Promise<void> =>
  onRedis(async () => {
    if (pattern !== null) nameByPattern(pattern, exampleFile())
    const said = { uploadPattern: pattern, uploadQuota: gigabytes === null ? null : String(gigabytes) }
    const changes = redis.multi()
    for (const [field, value] of Object.entries(said))
      if (value === null) changes.hdel(keys.meta, field)
      else changes.hset(keys.meta, field, value)
    await changes.exec()
  })
