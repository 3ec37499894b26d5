import { constants, type Stats } from 'node:fs'

/** Links are not followed, and a pipe that took a file's place does not hold up the reader. */
// oxlint-disable-next-line typescript/no-unnecessary-condition -- Windows has neither
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

/** What tells without reading that a file is as it was. */
export interface FileState {
  /** Bytes. */
  size: number
  /** Milliseconds since 1970. */
  mtime: number
  /** As in an Entry of the file index. */
  ctime?: number
  ino?: number
  beside?: string
}

export const stateOf = ({ size, mtimeMs, ctimeMs, ino }: Stats) => ({
  size,
  mtime: Math.trunc(mtimeMs),
  ctime: Math.trunc(ctimeMs),
  ino,
})

/** The state alone, out of something that has more. */
export const onlyState = ({
  size,
  mtime,
  ctime,
  ino,
  beside,
}: Pick<FileState, 'size' | 'mtime'> & {
  ctime?: number | undefined
  ino?: number | undefined
  beside?: string | undefined
}): FileState => ({
  size,
  mtime,
  ...(ctime === undefined ? {} : { ctime }),
  ...(ino === undefined ? {} : { ino }),
  ...(beside === undefined ? {} : { beside }),
})

const agree = <T>(a: T | undefined, b: T | undefined) => a === undefined || b === undefined || a === b

/** How closely a file is looked at before it is opened. */
export interface Look {
  /** Its number counts: it tells files apart that changed in the same instant. Some disks number anew at each mount. */
  numbers?: boolean
  /** What was noted without a stamp counts as changed. */
  stamped?: boolean
}

/**
 * Whether a file is as it was, and its sidecars where both sides know of them. Size and date can be kept by an edit (`exiftool -P`), the system's own time of change cannot;
 * that has steps of some milliseconds, within which the number tells.
 */
export const isSameState = (
  known: FileState,
  now: FileState,
  { numbers = true, stamped = false }: Look = {},
): boolean =>
  known.size === now.size &&
  known.mtime === now.mtime &&
  agree(known.ctime, now.ctime) &&
  agree(known.beside, now.beside) &&
  (!numbers || agree(known.ino, now.ino)) &&
  (!stamped || known.ctime !== undefined)
