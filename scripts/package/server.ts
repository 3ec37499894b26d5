/**
 * `npm run package:server`: builds the Redis that goes into the packages, Valkey from its source, into resources/redis, with the
 * licences of what is in it. Needs make and a C compiler. `--source FOLDER` builds a source that lies here already.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** The version that is built, as the project itself lists it in github.com/valkey-io/valkey-hashes. */
const release = {
  version: '8.1.9',
  sha256: 'f7e927534aaeb3a5f4410375c3e6f2f0c1b9257db8bc573e68f9e2dbb11344f4',
}
const address = `https://github.com/valkey-io/valkey/archive/refs/tags/${release.version}.tar.gz`

const target = join(import.meta.dirname, '../../resources/redis')

const run = (program: string, args: string[], cwd: string) =>
  execFileSync(program, args, { cwd, stdio: 'inherit' })

/** The source of the release, unpacked below a folder. Rejects where it is not what the project has published. */
const download = async (folder: string) => {
  const response = await fetch(address).catch((cause: unknown) => {
    throw new Error(`${address} cannot be reached: ${String(cause instanceof Error ? cause.cause : cause)}`)
  })
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest !== release.sha256)
    throw new Error(`${address} has the SHA-256 ${digest}, not ${release.sha256}.`)
  writeFileSync(join(folder, 'source.tar.gz'), bytes)
  run('tar', ['-xzf', 'source.tar.gz'], folder)
  return join(folder, `valkey-${release.version}`)
}

/** Files with the terms of Valkey itself, or of a library that is linked into it. */
const termsIn = (folder: string) =>
  readdirSync(folder).filter((name) => /^(copying|copyright|licen[cs]e)/i.test(name))

const copyTerms = (source: string) => {
  const libraries = readdirSync(join(source, 'deps'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, join(source, 'deps', name)])
  for (const [name = '', folder = ''] of [['valkey', source], ...libraries])
    for (const file of termsIn(folder)) copyFileSync(join(folder, file), join(target, `${file}.${name}`))
}

/** Arm machines have pages of up to 64 kB, and jemalloc must not be built for smaller ones than those that it then finds. */
const forLargePages =
  process.platform === 'linux' && process.arch === 'arm64'
    ? ['JEMALLOC_CONFIGURE_OPTS=--with-lg-page=16']
    : []

/** Takes out what only debuggers read. macOS runs no program whose seal does not fit it any more. */
const strip = (server: string) => {
  run('strip', process.platform === 'darwin' ? ['-x', server] : [server], target)
  if (process.platform === 'darwin') run('codesign', ['--force', '--sign', '-', server], target)
}

/**
 * The server alone, without what this program has no use for: TLS, as it is only talked to on the same machine, and systemd,
 * whose library not every machine has.
 */
const compile = (source: string) => {
  run(
    'make',
    [
      '-j',
      String(availableParallelism()),
      'BUILD_TLS=no',
      'USE_SYSTEMD=no',
      ...forLargePages,
      'valkey-server',
    ],
    join(source, 'src'),
  )
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  copyTerms(source)
  const server = join(target, 'valkey-server')
  copyFileSync(join(source, 'src', 'valkey-server'), server)
  strip(server)
  run(server, ['--version'], target)
}

if (process.platform === 'win32') {
  console.error('Neither Valkey nor Redis can be built for Windows: docs/packaging.md says what there is.')
  process.exitCode = 1
} else {
  const { values } = parseArgs({ options: { source: { type: 'string' } } })
  const folder = mkdtempSync(join(tmpdir(), 'cimaise-server-'))
  try {
    compile(values.source ?? (await download(folder)))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
