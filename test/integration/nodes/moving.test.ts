import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from '../../support/cli.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { spreadEnvironment, startCluster, startSentinels, type Spread } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const own = () => cleanEnvironment({ CIMAISE_HOME: temporaryFolder('cimaise-home-') })

const kinds: [string, () => Promise<Spread>, number][] = [
  ['Sentinels', startSentinels, 1],
  ['a cluster', startCluster, 0],
]

test.for(kinds)(
  'a gallery moves from a computer’s own Redis to %s and back, by one command at each end',
  { timeout: 120_000 },
  async ([, start, copies]) => {
    const { url } = await start()
    const [desktop, servers, again] = [own(), spreadEnvironment(url), own()]
    const files = temporaryFolder()
    const run = async (env: NodeJS.ProcessEnv, ...args: string[]) => {
      const result = await command(env, ...args)
      expect(result).toMatchObject({ code: 0 })
      return result.out
    }
    await run(desktop, 'album', 'create', 'Corsica')
    const albums = await run(desktop, 'albums', '--json')
    await run(desktop, 'backup', join(files, 'there'))
    await run(servers, 'restore', join(files, 'there'))
    expect(await run(servers, 'albums', '--json')).toBe(albums)
    await run(servers, 'backup', join(files, 'back'))
    await run(again, 'restore', join(files, 'back'))
    expect(await run(again, 'albums', '--json')).toBe(albums)
    // Nobody waits for copies where there is nobody to copy to.
    expect(await run(servers, 'copies', '--json')).toMatch(`"copies": ${copies}\n`)
    expect(await run(again, 'copies', '--json')).toMatch('"copies": 0\n')
    await run(again, 'album', 'create', 'Sardinia')
  },
)
