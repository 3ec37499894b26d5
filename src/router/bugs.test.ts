import { expect, test } from 'vitest'
import { BugLog } from './bugs.ts'

const logged = () => {
  const lines: string[] = []
  return { lines, log: new BugLog((line) => lines.push(line)) }
}

test('an error that is repeated is written once, and then as a number, whatever its message says', () => {
  const { lines, log } = logged()
  const fail = (n: number) => new Error(`no such thing: ${n}\n    at forged${n} (file.ts:${n}:1)`)
  for (let n = 0; n < 1000; n++) log.add(fail(n))
  expect(lines).toHaveLength(1)
  log.flush()
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(/^999 more within a minute of: Error: no such thing: 0/)
  log.add(fail(0))
  expect(lines).toHaveLength(3)
  log.flush()
  expect(lines).toHaveLength(3)
})

test('many kinds of errors at once fill no log either', () => {
  const { lines, log } = logged()
  for (let n = 0; n < 1000; n++) log.add(Object.assign(new Error('x'), { name: `Error${n}` }))
  log.flush()
  expect(lines).toHaveLength(21)
  expect(lines[20]).toBe('980 more errors of other kinds within that minute')
})

test('what callers wrote comes into the log on one line, cut, and without what a terminal would obey', () => {
  const { lines, log } = logged()
  log.add(new Error('a\u001b[2J\u0007\r\n2026-01-01 forged line\u202e\u2028\u0085\ud800 é 写'))
  log.add(new TypeError('x\u0000'.repeat(1_000_000)))
  log.add('\u001b]0;title\u0007')
  log.add({ text: '\n'.repeat(100_000) })
  log.add(undefined)
  expect(lines).toHaveLength(5)
  for (const line of lines) {
    expect(line).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)
    expect(line.length).toBeLessThan(4010)
  }
  expect(lines[0]).toContain(
    String.raw`a\u{1b}[2J\u{7}\u{d}\n2026-01-01 forged line\u{202e}\u{2028}\u{85}\u{d800} é 写\n    at `,
  )
})
