import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { cleanEnvironment } from '../support/gallery.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { errorText } from '../../src/shared/errors.ts'

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url))
const windows = process.platform === 'win32'

/** A part of set-up: plain JavaScript, as it runs before there is a compiler. */
const part = async <T>(name: string) => (await import(pathToFileURL(join(scripts, 'set-up', name)).href)) as T

interface Packages {
  packagesInPlace: (root: string) => boolean
  ensurePackages: (root: string) => Promise<void>
}
interface Build {
  builtInPlace: (root: string) => boolean
  ensureBuilt: (node: string, root: string) => Promise<void>
}
interface Finder {
  findRedis: (path: string, root: string) => { program: string | null; tooOld: string | null }
}
interface Lock {
  alone: <T>(work: () => Promise<T>, root: string) => Promise<T>
}
interface Node {
  checkMachineNode: (version: string) => void
}

const write = (root: string, name: string, text: string) => {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

const lockfile = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'small' },
      'node_modules/needed': { version },
      'node_modules/for-other-systems': { version: '1.0.0', optional: true },
    },
  })

/** A project with one package, and a compiler that counts how often it runs. */
const smallProject = () => {
  const root = temporaryFolder()
  write(root, 'package.json', '{ "type": "module" }')
  write(root, 'package-lock.json', lockfile('1.2.3'))
  write(root, 'src/main.ts', 'export {}')
  write(
    root,
    'node_modules/.package-lock.json',
    '{ "packages": { "node_modules/needed": { "version": "1.2.3" } } }',
  )
  write(
    root,
    'node_modules/electron-vite/bin/electron-vite.js',
    `const { appendFileSync, mkdirSync, writeFileSync, readFileSync } = require('node:fs')
     appendFileSync('builds', '.')
     if (readFileSync('src/main.ts', 'utf8').includes('wrong')) throw new Error('src/main.ts is wrong')
     for (const name of ['main/index.js', 'main/server.js', 'main/cli.js', 'preload/index.cjs', 'renderer/index.html']) {
       mkdirSync('out/' + name.split('/')[0], { recursive: true })
       writeFileSync('out/' + name, '')
     }`,
  )
  write(root, 'node_modules/electron-vite/package.json', '{ "type": "commonjs" }')
  return root
}

const builds = (root: string) => readFileSync(join(root, 'builds'), 'utf8').length

const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(scripts, 'start.mjs'), ...args], {
    encoding: 'utf8',
    cwd: temporaryFolder(),
    env: cleanEnvironment({ INIT_CWD: '' }),
  })

describe('npm start', () => {
  test.each([[['--wrong']], [['--port']], [['--port', 'many']], [['--port', '65536']]])(
    'answers %j with its usage and exit code 2',
    (args) => {
      const { status, stdout, stderr } = start(...args)
      expect(status).toBe(2)
      expect(stderr).toContain('Usage: npm start')
      expect(stdout).toBe('')
    },
  )

  test('names the folders that are not there, and ends with exit code 1 before any set-up', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'photo.jpg'), '')
    const { status, stderr } = start(join(folder, 'nowhere'), join(folder, 'photo.jpg'))
    expect(status).toBe(1)
    expect(stderr).toBe(
      `There is no folder ${join(folder, 'nowhere')}.\n${join(folder, 'photo.jpg')} is not a folder.\n`,
    )
  })
})

describe('set-up', () => {
  beforeEach(() => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    onTestFinished(() => said.mockRestore())
  })

  test('refuses a Node that is too old, and says which one is needed', async () => {
    const { checkMachineNode } = await part<Node>('node.mjs')
    expect(() => checkMachineNode('v18.20.4')).toThrow(
      'This is Node v18.20.4: Cimaise needs Node 20 or newer.',
    )
    expect(() => checkMachineNode('v20.0.0')).not.toThrow()
  })

  test('takes packages that were installed by hand as they are, until package-lock.json changes', async () => {
    const { packagesInPlace, ensurePackages } = await part<Packages>('packages.mjs')
    const root = smallProject()
    expect(packagesInPlace(root)).toBe(false)
    await ensurePackages(root)
    expect(packagesInPlace(root)).toBe(true)
    expect(existsSync(join(root, 'out', 'logs', 'packages.log'))).toBe(false)
    write(root, 'package-lock.json', lockfile('1.2.4'))
    expect(packagesInPlace(root)).toBe(false)
  })

  test('says what failed, what to do and where the log is when packages cannot be installed', async () => {
    const { packagesInPlace, ensurePackages } = await part<Packages>('packages.mjs')
    const root = smallProject()
    write(root, 'package-lock.json', lockfile('1.2.4'))
    write(root, 'package.json', '{ broken')
    const failure = await ensurePackages(root).catch(errorText)
    expect(failure).toContain('Installing the packages (npm ci) failed')
    expect(failure).toContain(`The whole log: ${join(root, 'out', 'logs', 'packages.log')}`)
    expect(packagesInPlace(root)).toBe(false)
  })

  test('builds once, and again only when a source has changed or a result is gone', async () => {
    const { builtInPlace, ensureBuilt } = await part<Build>('build.mjs')
    const root = smallProject()
    await ensureBuilt(process.execPath, root)
    const stamp = readFileSync(join(root, 'out', '.built'), 'utf8')
    await ensureBuilt(process.execPath, root)
    expect(builds(root)).toBe(1)
    expect(readFileSync(join(root, 'out', '.built'), 'utf8')).toBe(stamp)
    write(root, 'src/main.ts', 'export const changed = true')
    expect(builtInPlace(root)).toBe(false)
    await ensureBuilt(process.execPath, root)
    expect(builds(root)).toBe(2)
    rmSync(join(root, 'out', 'main', 'cli.js'))
    await ensureBuilt(process.execPath, root)
    expect(builds(root)).toBe(3)
  })

  test('does not take a build that failed for done', async () => {
    const { builtInPlace, ensureBuilt } = await part<Build>('build.mjs')
    const root = smallProject()
    await ensureBuilt(process.execPath, root)
    write(root, 'src/main.ts', 'wrong')
    await expect(ensureBuilt(process.execPath, root)).rejects.toThrow(
      /src\/main.ts is wrong[^]*The build \(electron-vite build\) failed/,
    )
    expect(builtInPlace(root)).toBe(false)
  })

  test.skipIf(windows)('takes the first Redis of version 7 or newer, and tells of an older one', async () => {
    const { findRedis } = await part<Finder>('redis.mjs')
    const root = temporaryFolder()
    const server = (folder: string, version: string) => {
      write(
        root,
        `${folder}/redis-server`,
        `#!/bin/sh\necho "Redis server v=${version} sha=00000000:0 bits=64"\n`,
      )
      chmodSync(join(root, folder, 'redis-server'), 0o755)
      return join(root, folder)
    }
    const old = server('old', '6.2.14')
    const fine = server('fine', '7.0.15')
    const nothing = temporaryFolder()
    expect(findRedis(nothing, nothing)).toEqual({ program: null, tooOld: null })
    expect(findRedis(old, nothing)).toEqual({ program: null, tooOld: join(old, 'redis-server') })
    expect(findRedis(`${old}:${fine}`, nothing).program).toBe(join(fine, 'redis-server'))
    const bundled = server('resources/redis', '8.0.1')
    expect(findRedis(`${old}:${fine}`, root).program).toBe(join(bundled, 'redis-server'))
  })

  test('waits for another set-up, and takes over from one that was killed', async () => {
    const { alone } = await part<Lock>('lock.mjs')
    const root = temporaryFolder()
    const gone = spawnSync(process.execPath, ['--version']).pid
    write(root, 'out/.set-up/pid', String(gone))
    const order: string[] = []
    const { promise: finished, resolve: finish } = Promise.withResolvers<null>()
    const first = alone(async () => {
      order.push('first begins')
      await finished
      order.push('first ends')
    }, root)
    await expect.poll(() => order).toEqual(['first begins'])
    const second = alone(async () => void order.push('second'), root)
    finish(null)
    await Promise.all([first, second])
    expect(order).toEqual(['first begins', 'first ends', 'second'])
    expect(existsSync(join(root, 'out', '.set-up'))).toBe(false)
  })
})
