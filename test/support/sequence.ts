import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What waits for machines to be taken for gone, for files to settle or for names to be looked up, and computes little. The
 * chaos is the last of them: it says how long users stood still, and the gates should have ended by then.
 */
const waiting = [
  /\/integration\/server\/several/,
  /\/integration\/library\/torture/,
  /\/integration\/backup\/under-load/,
  /\/integration\/nodes\/(?!chaos)/,
  /\/integration\/nodes\/chaos/,
]

const rank = ({ moduleId }: TestSpecification) => {
  const found = waiting.findIndex((pattern) => pattern.test(moduleId))
  return found === -1 ? waiting.length : found
}

/**
 * Files that mostly wait come first, while the gates compute: begun last, they would be waited for alone. The others come as
 * vitest has them.
 */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
