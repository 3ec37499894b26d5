import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { freePort } from '../../support/ports.ts'
import { spreadPassword, startCluster, startSentinels, type Spread } from '../../support/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const open = (url: string) =>
  openGallery({
    env: cleanEnvironment({
      CIMAISE_HOME: temporaryFolder('cimaise-home-'),
      CIMAISE_REDIS_URL: url,
      CIMAISE_REDIS_PASSWORD: spreadPassword,
      CIMAISE_ACCOUNT: 'root',
      CIMAISE_PASSWORD: 'correct horse',
    }),
  })

test('Sentinels of which none answers are told of, instead of waiting for ever', async () => {
  await expect(open(`redis+sentinel://127.0.0.1:${await freePort()}/gallery`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('cannot be reached') as string,
  })
}, 60_000)

const kinds: [string, () => Promise<Spread>][] = [
  ['Sentinels', startSentinels],
  ['a cluster', startCluster],
]

test.for(kinds)(
  'with %s, a machine whose name nobody knows any more holds up nobody',
  { timeout: 60_000 },
  async ([, start]) => {
    const { url } = await start()
    const gallery = await open(url.replace('://', '://gone.invalid,'))
    onTestFinished(() => gallery.close())
    expect((await gallery.self()).identity.administrator).toBe(true)
  },
)
