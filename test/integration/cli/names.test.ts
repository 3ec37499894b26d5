import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { cleanEnvironment } from '../../support/gallery.ts'
import { drawPhotos } from '../../support/pictures/photos.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A path of which a part is no UTF-8: `?` stands for the byte 0xff. */
const bytes = (path: string) => Buffer.from(path.replaceAll('?', '\u00ff'), 'latin1')

/** Runs the command line by a shell, which alone can give it bytes that are no text, written as in `bytes`. */
const run = async (home: string, ...args: string[]) => {
  const quoted = args.map((arg) => `"$(printf '%b' '${arg.replaceAll('?', '\\0377')}')"`)
  const script = `export CIMAISE_HOME="$(printf '%b' '${home.replaceAll('?', '\\0377')}')"
    exec "$0" out/main/cli.js ${quoted.join(' ')}`
  const child = spawn('sh', ['-c', script, process.execPath], { env: cleanEnvironment() })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ])
  return { code, out, err }
}

// Other systems refuse such names.
describe.skipIf(process.platform !== 'linux')('names that are not UTF-8', () => {
  test('a folder to import is refused in words, and nothing is made in its place', async () => {
    const root = temporaryFolder()
    mkdirSync(bytes(`${root}/holiday?`))
    const home = temporaryFolder('cimaise-home-')
    expect(await run(home, 'import', `${root}/holiday?`, '--json')).toEqual({
      code: 1,
      out: '',
      err: `A name in ${root}/holiday\u{FFFD} is not UTF-8, so Cimaise cannot open it. Rename it, and import it again.\n`,
    })
  })

  test('a file is listed as failed with what to do, a folder is told of, and the rest is taken in', async () => {
    const root = temporaryFolder()
    await drawPhotos(root, 1)
    writeFileSync(bytes(`${root}/gr?n.jpg`), 'never read')
    mkdirSync(bytes(`${root}/gr?n`))
    const { code, out, err } = await run(temporaryFolder('cimaise-home-'), 'import', root, '--json')
    expect(JSON.parse(out)).toMatchObject({
      found: 2,
      added: 1,
      failed: [
        { path: join(root, 'gr\u{FFFD}n.jpg'), reason: 'The name of this file is not UTF-8. Rename it.' },
      ],
    })
    expect([code, err]).toEqual([
      1,
      `${join(root, 'gr\u{FFFD}n')}: The name of this folder is not UTF-8. Rename it.\n`,
    ])
  })

  test('a data folder is refused before another one is made under a name that only looks like it', async () => {
    const root = temporaryFolder()
    const { code, out, err } = await run(`${root}/home?`, 'albums')
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(/^The name of the data folder .* is not UTF-8\. Rename it, or set CIMAISE_HOME/)
    expect(readdirSync(root)).toEqual([])
  })
})
