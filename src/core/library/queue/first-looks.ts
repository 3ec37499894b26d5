import { isRawName } from '../decode/file-type.ts'
import type { FoundFile } from '../roots/walk.ts'

/** Smaller files are read whole as soon, in bytes. */
const leastBytes = 1024 ** 2

/** Files of one first look: so many that a decoder is asked seldom, and so few that the first ones show at once. */
export const lookAtOnce = 24

/** Whether a first look at a file may tell of its photo: a JPEG or RAW of a camera by its name and size. */
export const isWorthALook = ({ path, size, problem }: FoundFile): boolean =>
  !problem && size >= leastBytes && (/\.jpe?g$/i.test(path) || isRawName(path))
