import { constants, type Stats } from 'node:fs'

/** Links are not followed, and a pipe that took a file's place does not hold up the reader. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- Windows has neither
export const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Tells a file from any other that may take its place, also across processes. */
export interface FileIdentity {
  dev: number
  ino: number
  /** Bytes. */
  size: number
  /** Milliseconds since 1970, with fraction. */
  mtimeMs: number
}

export const identityOf = ({ dev, ino, size, mtimeMs }: Stats): FileIdentity => ({ dev, ino, size, mtimeMs })

export const isSame = (a: FileIdentity, b: FileIdentity): boolean =>
  a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs
