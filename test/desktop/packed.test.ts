import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { describe, expect, test } from 'vitest'
import { rehearse } from '../../scripts/package/rehearse.ts'
import { isCandidate } from '../../src/core/library/decode/file-type.ts'
import { findServer } from '../../src/core/redis/server/process.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { openDesktop } from './launch.ts'
import { drawPhoto, expectPhotos } from './photos.ts'

const root = join(import.meta.dirname, '../..')

/** Files in the archive's list, by their paths with `/`; those that lie beside it are in the list too. */
const listed = (archive: string) =>
  listPackage(archive, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => !('files' in statFile(archive, path)))

const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.replaceAll('\\', '/'))

/** What a built file imports of packages, through all files that it imports of ours. */
const importedPackages = (folder: string, entry: string) => {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const read = (file: string) => {
    if (seen.has(file)) return
    seen.add(file)
    const source = readFileSync(join(folder, file), 'utf8')
    for (const [, name = ''] of source.matchAll(/\b(?:from|import\(?|resolve\()\s*["']([@./\w:-]+)["']/g)) {
      const nearby = name.startsWith('.') && join(dirname(file), name)
      if (nearby && existsSync(join(folder, nearby))) read(nearby)
      else if (
        !nearby &&
        !name.startsWith('node:') &&
        existsSync(join(root, 'node_modules', name.split('/')[0] ?? ''))
      )
        packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
    }
  }
  read(entry)
  return [...packages].sort()
}

test('electron-builder refuses a setting that it does not know, by its own schema', async () => {
  const wrong = { mac: { hardenedRuntimes: true } } as object
  await expect(rehearse(temporaryFolder(), wrong)).rejects.toThrow('configuration.mac')
})

test('the installer for Windows offers the program for nothing that it cannot take in', () => {
  const script = readFileSync(join(root, 'resources/installer.nsh'), 'utf8')
  const endings = [...script.matchAll(/!insertmacro opens "(\w+)"/g)].map(([, ending]) => ending ?? '')
  expect(endings.length).toBeGreaterThan(20)
  expect(endings.filter((ending) => !isCandidate(`photo.${ending}`))).toEqual([])
})

describe('in a package,', () => {
  const packed = shared(async () => {
    const resources = await rehearse(temporaryFolder())
    const archive = join(resources, 'app.asar')
    const beside = join(resources, 'app.asar.unpacked')
    return { resources, archive, beside, files: listed(archive), outside: filesBelow(beside) }
  }, 300_000)

  test('there is the program, its licence and its icon, and nothing of tests, docs, sources or maps', () => {
    const { files } = packed()
    for (const file of ['package.json', 'LICENSE', 'out/renderer/index.html', 'out/renderer/icon-512.png'])
      expect(files).toContain(file)
    const ours = files.filter((path) => !path.startsWith('node_modules/'))
    const allowed = /^(package\.json|LICENSE|out\/(main|preload|renderer)\/.*)$/
    expect(ours.filter((path) => !allowed.test(path))).toEqual([])
    const unwanted = /\.(map|ts|mts|cts|svelte|test\.js|br|gz)$|\/(tests?|__tests__|docs)\//
    expect(files.filter((path) => unwanted.test(path))).toEqual([])
    const development =
      /^node_modules\/(electron|vite|vitest|svelte|typescript|playwright|@playwright|node)\//
    expect(files.filter((path) => development.test(path))).toEqual([])
  })

  test('each package that the program is made of has its licence beside it', () => {
    const { files } = packed()
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    const withLicence = new Set(
      files.flatMap(
        (path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\/(?:licen[cs]e|copying)/i.exec(path)?.[1] ?? [],
      ),
    )
    const shipsOne = (name: string) =>
      readdirSync(join(root, 'node_modules', name)).some((file) => /^(licen[cs]e|copying)/i.test(file))
    const missing = Object.keys(dependencies).filter((name) => shipsOne(name) && !withLicence.has(name))
    expect(missing).toEqual([])
    expect(withLicence.size).toBeGreaterThan(20)
  })

  test('all that is native lies outside the archive, as the system loads it from files', () => {
    const { files, outside } = packed()
    const native = /\.(node|dylib|dll|so(\.[\d.]+)?|wasm)$/
    const natives = files.filter((path) => native.test(path))
    expect(natives.filter((path) => path.endsWith('.node'))).toHaveLength(1)
    expect(natives.filter((path) => path.includes('libvips'))).not.toEqual([])
    expect(natives.filter((path) => path.endsWith('magick.wasm'))).toHaveLength(1)
    expect(natives.filter((path) => !outside.includes(path))).toEqual([])
  })

  test.each(['decoder', 'supervisor'] as const)(
    'the %s lies outside the archive with everything that it imports',
    (name) => {
      const { outside } = packed()
      expect(outside).toContain(`out/main/${name}.js`)
      expect(outside).toContain('package.json') // it says that the others are modules
      const imported = importedPackages(join(root, 'out/main'), `${name}.js`)
      if (name === 'decoder') expect(imported).toContain('sharp')
      const missing = imported.filter((one) => !outside.includes(`node_modules/${one}/package.json`))
      expect(missing).toEqual([])
    },
  )

  test('it is no larger than is said of it', () => {
    const { archive, beside, outside } = packed()
    const bytes = outside.reduce(
      (sum, path) => sum + statSync(join(beside, path)).size,
      statSync(archive).size,
    )
    expect(bytes / 1e6).toBeLessThan(66)
    expect(bytes / 1e6).toBeGreaterThan(45)
  })

  // The last: the archive becomes a folder, as only Electron reads archives.
  test('the program shows photos with the Redis that it brings along', async () => {
    const { resources, archive, beside } = packed()
    const unpacked = join(resources, 'unpacked')
    extractAll(archive, unpacked)
    renameSync(archive, join(resources, 'archive'))
    renameSync(unpacked, archive)
    // Without npm run package:server none has come along.
    const redis = join(resources, 'redis')
    if (!existsSync(redis)) {
      mkdirSync(redis)
      symlinkSync(findServer(), join(redis, basename(findServer())))
    }
    const folder = temporaryFolder()
    await drawPhoto(folder, 'photo.jpg')
    const home = temporaryFolder()
    const desktop = await openDesktop({
      home,
      folders: [folder],
      program: join(archive, 'out/main/index.js'),
      // With no Redis on the path; and as in an AppImage, whose files go when the program ends.
      env: { PATH: temporaryFolder(), APPIMAGE: 'Cimaise.AppImage' },
    })
    await expectPhotos(await desktop.page(), 1)
    expect(readdirSync(beside)).toContain('out')
    expect(await desktop.quit()).toBe(0)
    expect(existsSync(join(home, 'redis', 'redis.pid'))).toBe(false)
  })
})
