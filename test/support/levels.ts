import type { Reporter, TestModule } from 'vitest/node'

interface Level {
  files: number
  tests: number
  seconds: number
}

const sums = (modules: readonly TestModule[]): Map<string, Level> => {
  const levels = new Map<string, Level>()
  for (const module of modules) {
    const level = levels.get(module.project.name) ?? { files: 0, tests: 0, seconds: 0 }
    levels.set(module.project.name, level)
    const { collectDuration, setupDuration, duration } = module.diagnostic()
    level.files++
    level.tests += [...module.children.allTests()].length
    level.seconds += (collectDuration + setupDuration + duration) / 1000
  }
  return levels
}

/** Says at the end what each level took: the seconds of its files added up, several of which run at a time. */
export class Levels implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const [name, { files, tests, seconds }] of sums(modules))
      console.log(`${name}: ${tests} tests, ${files} files, ${seconds.toFixed(0)} s`)
  }
}
