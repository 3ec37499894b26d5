import { describe, expect, test } from 'vitest'
import { isOurScheme, isPage, mayLoad } from '../../src/main/address.ts'
import { canBeReached, otherDisplay } from '../../src/main/displays.ts'

describe('addresses', () => {
  test.each(['cimaise://app/', 'cimaise://app/thumb/0', 'data:image/png;base64,AA', 'blob:cimaise://app/1'])(
    '%s may be loaded',
    (url) => expect(mayLoad(url)).toBe(true),
  )

  test.each([
    'https://example.com/',
    'cimaise://other/',
    'cimaise://app.example.com/',
    'cimaise://app@example.com/',
    'file:///etc/passwd',
    'ws://localhost/',
    'nonsense',
  ])('%s may not be loaded', (url) => expect(mayLoad(url)).toBe(false))

  test('the page is the root of our host, whatever its fragment', () => {
    expect(isPage('cimaise://app/#photo')).toBe(true)
    expect(isPage('cimaise://app/index.html')).toBe(false)
    expect(isOurScheme('cimaise://other/')).toBe(false)
  })
})

describe('a window that was left somewhere', () => {
  const left = { x: 0, y: 0, width: 1920, height: 1050 }
  const right = { x: 1920, y: 0, width: 1920, height: 1050 }
  const window = { x: 2000, y: 100, width: 1000, height: 700 }

  test('comes back there while its display is there', () => {
    expect(canBeReached(window, [left, right])).toBe(true)
    expect(canBeReached({ ...window, x: 1800 }, [left])).toBe(false)
  })

  test('does not come back to a display that has gone, nor where its upper edge cannot be seen', () => {
    expect(canBeReached(window, [left])).toBe(false)
    expect(canBeReached({ ...window, y: -300 }, [left, right])).toBe(false)
    expect(canBeReached({ ...window, y: 1040 }, [left, right])).toBe(false)
  })

  test('leaves the display that it covers least to a second window, where there are several', () => {
    expect(otherDisplay(window, [left, right])).toBe(left)
    expect(otherDisplay({ ...window, x: 1000 }, [left, right])).toBe(right)
    expect(otherDisplay(window, [right])).toBe(null)
  })
})
