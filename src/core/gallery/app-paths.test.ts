import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entryPath, resourcesFolder } from './app-paths.ts'

const project = join('/', 'home', 'cimaise')
const inside = join('/', 'opt', 'Cimaise', 'resources')

test('processes of their own start from beside the archive of a package, and from the project where there is none', () => {
  const beside = join(inside, 'app.asar.unpacked', 'out', 'main', 'decoder.js')
  expect(entryPath('decoder', join(inside, 'app.asar'))).toBe(beside)
  // A process that runs there itself.
  expect(entryPath('decoder', join(inside, 'app.asar.unpacked'))).toBe(beside)
  expect(entryPath('supervisor', project)).toBe(join(project, 'out', 'main', 'supervisor.js'))
})

test('every process of a package finds the same resources, the project its own', () => {
  for (const part of ['app.asar', 'app.asar.unpacked'])
    expect(resourcesFolder(join(inside, part))).toBe(inside)
  expect(resourcesFolder(project)).toBe(join(project, 'resources'))
})
