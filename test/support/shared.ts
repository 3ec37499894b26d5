import { beforeAll, onTestFinished } from 'vitest'

type CleanUp = () => unknown

/** What is made while this is set belongs to a group of tests. */
let group: CleanUp[] | undefined

/** Runs when the test has ended, or the last one of the group for which `shared` makes something. */
export const atEnd = (cleanUp: CleanUp): void => {
  if (group) group.push(cleanUp)
  else
    onTestFinished(async () => {
      await cleanUp()
    })
}

/**
 * Makes something once for all tests of a file or a `describe`, and takes it down after the last of them. For what is dear to
 * start, and what no test changes for the next. `limit`: how long it may take, in milliseconds, where that is longer than usual.
 */
export const shared = <T>(make: () => Promise<T>, limit?: number): (() => T) => {
  let made: { value: T } | undefined
  beforeAll(async () => {
    const cleanUps: CleanUp[] = []
    group = cleanUps
    try {
      made = { value: await make() }
    } finally {
      group = undefined
    }
    return async () => {
      for (const cleanUp of cleanUps.toReversed()) await cleanUp()
    }
  }, limit)
  return () => {
    if (!made) throw new Error('nothing is shared before the tests run')
    return made.value
  }
}
