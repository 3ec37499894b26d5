import { expect, test } from 'vitest'
import type { PhotoDetails } from '../../../src/shared/schemas/photo.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import { command, commandJson } from '../../support/cli.ts'
import { startGallery } from '../../support/gallery.ts'
import { addLink, choosing } from '../../support/links.ts'
import { albumWithPhotos } from '../../support/organise.ts'

test('what clients have chosen is listed, given as file names and as a table, rated and put into a collection', async () => {
  const { gallery, env } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Wedding', 4)
  const [first = '', second = '', third = ''] = photos
  const anna = await addLink(gallery, owner, album, { label: 'Bride', ...choosing(3) })
  const ben = await addLink(gallery, owner, album, { label: 'Groom', ...choosing(3) })
  await describeSelection(anna.visitor, { name: 'Anna Berg', done: false })
  await pickPhoto(anna.visitor, { photo: first, words: 'Large, please' })
  for (const photo of [first, second]) await pickPhoto(ben.visitor, { photo })
  const all = await commandJson<PhotoDetails[]>(env, 'photos', 'Wedding')
  const nameOf = (photo: string) =>
    all
      .find(({ id }) => id === photo)
      ?.path.split('/')
      .at(-1) ?? ''
  const bare = (photo: string) => nameOf(photo).replace('.jpg', '')

  const { out } = await command(env, 'selection', 'list', 'Wedding')
  expect(out).toContain('Anna Berg')
  expect(out).toContain('2 of 3')
  const names = async (...by: string[]) => (await command(env, 'selection', 'export', 'Wedding', ...by)).out
  expect(await names()).toBe(`${bare(first)}, ${bare(second)}\n`)
  expect(await names('--by', 'all')).toBe(`${bare(first)}\n`)
  expect(await names('--by', 'anna berg')).toBe(`${bare(first)}\n`)
  expect(await names('--by', ben.name, '--csv')).toBe(
    ['File,Groom,Groom: words', `${nameOf(first)},x,`, `${nameOf(second)},x,`, ''].join('\n'),
  )
  expect(await command(env, 'selection', 'export', 'Wedding', '--by', 'nobody')).toMatchObject({ code: 1 })
  expect(await commandJson(env, 'selection', 'stars', 'Wedding', '4', '--by', 'Groom')).toMatchObject({
    changed: 2,
  })
  await command(env, 'selection', 'collect', 'Wedding', 'For the book')
  const collected = await commandJson<PhotoDetails[]>(env, 'collection', 'For the book')
  expect(collected.map(({ id, rating }) => [id, rating])).toEqual([
    [first, 4],
    [second, 4],
  ])

  expect((await command(env, 'status', 'list')).out).toContain('To edit')
  expect(await commandJson(env, 'status', 'set', 'to edit', first, third)).toMatchObject({ changed: 2 })
  expect(await commandJson(env, 'status', 'set', 'none', third)).toMatchObject({ changed: 1 })
  expect(await command(env, 'status', 'set', 'printed', first)).toMatchObject({ code: 1 })
  const byStatus = await commandJson<PhotoDetails[]>(env, 'photos', 'Wedding', '--by', 'status')
  expect([byStatus[0]?.id, byStatus.length > 1]).toEqual([first, true])
})
