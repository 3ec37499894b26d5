import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { listComments, writeComment } from '../../../src/core/comments/comments.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { addAccount, grant } from '../../support/accounts.ts'
import { command, commandJson } from '../../support/cli.ts'
import { galleryEnvironment } from '../../support/gallery.ts'
import { spreadEnvironment, spreadKinds } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const folderOf = async (count: number) => {
  const folder = join(temporaryFolder(), 'Corsica')
  mkdirSync(folder)
  for (let n = 0; n < count; n++)
    await sharp({ create: { width: 64, height: 48, channels: 3, background: { r: n * 20, g: 90, b: 120 } } })
      .jpeg()
      .toFile(join(folder, `${n}.jpg`))
  return folder
}

/** A member comments on an album, and the owner hears of it. */
const talk = async (env: NodeJS.ProcessEnv) => {
  const gallery = await openGallery({ env })
  const owner = await gallery.self()
  const album = (await listAlbums(owner)).find(({ title }) => title === 'Best')?.id ?? ''
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'comment' })
  await writeComment(ana, { album, photo: null, text: 'Across machines', spot: null })
  expect(await listComments(owner, album, null)).toMatchObject([{ writer: 'ana', text: 'Across machines' }])
  await gallery.close()
}

interface Photo {
  id: string
  tags: string[]
}
interface Check {
  what: string
  state: string
  detail: string
}

test.for(spreadKinds)(
  'with %s, photos are taken in, organised, checked, backed up and moved to one server',
  async ([, start]) => {
    const { url, nodes } = await start()
    const env = spreadEnvironment(url)
    const taken = await commandJson<{ added: number }>(env, 'import', await folderOf(6))
    expect(taken.added).toBe(6)
    const photos = await commandJson<Photo[]>(env, 'photos', 'Corsica')
    await command(env, 'tag', 'sea', ...photos.slice(0, 2).map(({ id }) => id))
    await command(env, 'album', 'create', 'Best')
    await command(env, 'move', 'Best', photos[0]?.id ?? '')
    await command(env, 'trash', photos[5]?.id ?? '')
    await talk(env)
    const health = await commandJson<{ checks: Check[]; findings: unknown[] }>(env, 'doctor', '--check')
    expect(health.findings).toEqual([])
    const servers = health.checks.filter(({ what }) => what.startsWith('Server '))
    expect(servers).toHaveLength(nodes.length)
    for (const { state, detail } of servers) {
      expect(detail).toMatch(
        /^(primary|replica, heard).*rights in step.*functions of this version.*`default` off/,
      )
      expect(state).toBe('ok')
    }
    const file = join(temporaryFolder(), 'gallery.cimaise')
    expect((await command(env, 'backup', file)).code).toBe(0)
    const single = await galleryEnvironment({ CIMAISE_REDIS_URL: '' })
    expect((await command(single, 'restore', file)).err).toBe('')
    const titles = async (of: NodeJS.ProcessEnv) =>
      (await commandJson<{ title: string; photos: number }[]>(of, 'albums')).map(
        ({ title, photos: n }) => `${title} ${n}`,
      )
    expect(await titles(single)).toEqual(await titles(env))
  },
)
