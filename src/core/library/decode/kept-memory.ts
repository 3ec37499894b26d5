/** Files up to this size are read into the same memory one after the other, in bytes. */
const maxKeptBytes = 32 * 1024 ** 2

/** It grows by whole steps: files of a camera have nearly the same size, and each of a few bytes more would be fresh memory. In bytes. */
const stepBytes = 4 * 1024 ** 2

const grown = (size: number) => Buffer.allocUnsafeSlow(Math.ceil(size / stepBytes) * stepBytes)

/** Null while it is in use. */
let kept: Buffer | null = Buffer.alloc(0)

/**
 * Has memory used for a file of this size. Fresh memory costs more than reading into it, and as much again to be collected;
 * nothing may hold on to this when `use` is over.
 */
export const inKeptMemory = async <T>(size: number, use: (memory: Buffer) => Promise<T>): Promise<T> => {
  if (!kept || size > maxKeptBytes) return use(Buffer.allocUnsafeSlow(size))
  const memory = kept.length < size ? grown(size) : kept
  kept = null
  try {
    return await use(memory)
  } finally {
    kept = memory
  }
}
