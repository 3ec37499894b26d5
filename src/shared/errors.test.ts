import { expect, it } from 'vitest'
import { GalleryError } from './errors.ts'

it('an error speaks English in its message, and carries the text for other languages', () => {
  const cause = new Error('below')
  const error = new GalleryError('NOT_FOUND', 'noAccount', { name: 'ana' }, { cause })
  expect(error).toMatchObject({
    code: 'NOT_FOUND',
    message: 'There is no account named ana.',
    text: { id: 'noAccount', blanks: { name: 'ana' } },
    cause,
  })
})
