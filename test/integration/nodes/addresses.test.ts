import { expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { silentPort } from '../../support/redis/ports.ts'
import { spreadEnvironment, spreadKinds } from '../../support/redis/spread.ts'

const open = (url: string) => openGallery({ env: spreadEnvironment(url) })

test('Sentinels of which none answers are told of, instead of waiting for ever', async () => {
  await expect(open(`redis+sentinel://127.0.0.1:${silentPort}/gallery`)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('cannot be reached') as string,
  })
}, 60_000)

test.for(spreadKinds)(
  'with %s, a machine whose name nobody knows any more holds up nobody',
  { timeout: 60_000 },
  async ([, start]) => {
    const { url } = await start()
    const gallery = await open(url.replace('://', '://gone.invalid,'))
    onTestFinished(() => gallery.close())
    expect((await gallery.self()).identity.administrator).toBe(true)
  },
)
