import { expect, test } from 'vitest'
import { writeComment } from '../../../src/core/comments/comments.ts'
import { command, commandJson } from '../../support/cli.ts'
import { startGallery } from '../../support/gallery.ts'
import { albumWithPhotos } from '../../support/organise.ts'

test('a search lists the photos that the box of the window finds, and says which albums were spoken of', async () => {
  const { gallery, env } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 2)
  await albumWithPhotos(owner, 'Harbour', 2)
  const said = { album, text: 'A heron at six', spot: null }
  await writeComment(owner, { ...said, photo: photos[1] ?? '' })
  await writeComment(owner, { ...said, photo: null })
  const found = async (...words: string[]) =>
    (await commandJson<{ id: string }[]>(env, 'search', ...words)).map(({ id }) => id)
  expect(await found('heron', 'corsica')).toEqual([photos[1]])
  expect(await found('comment:"at six"', '--album', 'Corsica')).toEqual([photos[1]])
  expect(await found('heron', '--album', 'Harbour')).toEqual([])
  expect((await command(env, 'search', 'heron')).err).toContain('1 comment of the album “Corsica”')
  expect(await command(env, 'search', ' ')).toMatchObject({ code: 1 })
})
