import { expect, test } from 'vitest'
import { formatAnswers, maxSelection, noAnswers, parseAnswers } from './visitor-answers.ts'

test('what visitors may say is read as it was kept', () => {
  for (const answers of [
    noAnswers,
    { comments: true, selection: 0, closed: false },
    { comments: false, selection: 25, closed: true },
  ])
    expect(parseAnswers(formatAnswers(answers))).toEqual(answers)
})

test('what nobody chose, and words that are none, let visitors say nothing', () => {
  for (const text of [undefined, null, '', 'upload', 'choose:x', 'choose:-1', 'choose:99999'])
    expect(parseAnswers(text)).toEqual(noAnswers)
  expect(parseAnswers('choose:9999').selection).toBe(maxSelection)
})
