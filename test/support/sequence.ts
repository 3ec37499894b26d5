import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What waits for machines to be taken for gone, for files to settle or for names to be looked up, and computes little. */
const waiting = [
  /\/integration\/nodes\//,
  /\/integration\/server\/several/,
  /\/integration\/library\/torture/,
  /\/integration\/backup\/under-load/,
]

const isWaiting = ({ moduleId }: TestSpecification) => waiting.some((pattern) => pattern.test(moduleId))

/**
 * Files that mostly wait come first, while the gates compute: begun last, they would be waited for alone. The others come as
 * vitest has them.
 */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))]
  }
}
