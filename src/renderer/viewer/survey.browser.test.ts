import { expect, test } from 'vitest'
import type { PhotoDetails } from '../../shared/schemas/photo.ts'
import { Survey } from './survey.svelte.ts'

const album = 'owner~Abcd1234'

/** These photos, compared on stages of 600 by 500 pixels of CSS. */
const compare = (...ids: string[]) => {
  const photos = ids.map((id) => ({ album, id, width: 6000, height: 4000 }) as PhotoDetails)
  const survey = new Survey(ids.map((id) => `${album}/${id}`))
  survey.photos = photos
  const zooms = photos.map((photo) => Object.assign(survey.zoomOf(photo), { width: 600, height: 500 }))
  return { survey, zooms }
}

test('the weakest are taken out one by one, and the focus goes to the next one, or to the last', () => {
  const { survey } = compare('a', 'b', 'c', 'd')
  survey.step(1)
  survey.drop(`${album}/b`)
  expect(survey.current?.id).toBe('c')
  survey.drop(`${album}/a`)
  expect(survey.current?.id).toBe('c')
  survey.step(1)
  survey.drop(`${album}/d`)
  expect([survey.current?.id, survey.refs]).toEqual(['c', [`${album}/c`]])
})

test('what was taken out does not come back with an answer that was asked for before', () => {
  const { survey } = compare('a', 'b', 'c')
  const before = survey.photos
  survey.drop(`${album}/a`)
  survey.photos = before
  expect(survey.photos.map(({ id }) => id)).toEqual(['b', 'c'])
})

test('linked photos are zoomed together; let go, each goes on from where it is', () => {
  const { survey, zooms } = compare('a', 'b')
  const [one, other] = zooms
  survey.zoom?.toggle()
  expect([one?.fits, other?.fits]).toEqual([false, false])
  survey.link(false)
  expect(other?.box).toEqual(one?.box)
  other?.reset()
  expect([one?.fits, other?.fits]).toEqual([false, true])
  survey.step(1)
  survey.link(true)
  expect([one?.fits, other?.fits]).toEqual([true, true])
})

test('photos are shown as their files have them from one tap of a key to the next', () => {
  const { survey } = compare('a', 'b')
  const [one, other] = survey.photos
  if (!one || !other) throw new Error('nothing is compared')
  survey.photos = [{ ...one, width: 4000, adjusted: { by: 'r90', width: 6000, height: 4000 } }, other]
  expect([survey.isAdjusted, survey.zoom?.box.width]).toEqual([true, 500])
  survey.untouched.toggle()
  expect(survey.photos[0]).toEqual({ ...one, adjusted: null })
  expect(survey.zoom?.box.width).toBe(600)
  survey.untouched.toggle()
  expect(survey.photos[0]?.width).toBe(4000)
})
