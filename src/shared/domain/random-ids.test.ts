import { expect, test } from 'vitest'
import { ActId } from '../schemas/change.ts'
import { ShareName } from '../schemas/ids.ts'
import { newName, newOperationId, newShareSecret, randomLetters } from './random-ids.ts'
import { parseShareLink, shareLink } from './share-link.ts'

test('ids have the length and the letters that the contract takes', () => {
  expect(ActId.safeParse(newOperationId()).success).toBe(true)
  expect(ShareName.safeParse(`share~${newName()}`).success).toBe(true)
  const [name, secret] = [`share~${newName()}`, newShareSecret()]
  const { search, hash } = new URL(shareLink('https://photos.example.org', name, secret, false))
  expect(parseShareLink(search, hash)).toEqual({ name, secret, hasPassword: false })
})

test('no letter is more likely than another', () => {
  const letters = randomLetters(200_000)
  // A remainder of 256 would favour the first eight: 15.6 in a hundred of all, in place of 12.9.
  expect(letters.replace(/[^0-7]/g, '').length / letters.length).toBeCloseTo(8 / 62, 2)
  expect(new Set(letters).size).toBe(62)
})
