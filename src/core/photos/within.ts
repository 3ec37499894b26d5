/** What is there within some milliseconds; undefined where it takes longer, and is left to go on. */
export const within = async <T>(made: Promise<T>, patience: number): Promise<T | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>(
    (resolve) => (timer = setTimeout(() => resolve(undefined), Math.max(0, patience))),
  )
  try {
    return await Promise.race([made, late])
  } finally {
    clearTimeout(timer)
    // Nobody waits for it any more where it is late: whoever asks next is told how it failed.
    made.catch(() => undefined)
  }
}
