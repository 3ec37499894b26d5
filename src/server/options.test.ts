import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('what can be the name of no server is refused at the start', () => {
  for (const name of ['https://photos.example.org', 'a/b', '*', 'a b', '-x', '[::1'])
    expect(() => readOptions([`--allow-host=${name}`], {}), name).toThrow(/is not the name of a server/)
  expect(readOptions([], { CIMAISE_ALLOWED_HOSTS: ' a.example ,, [2001:db8::1]:80 ' })?.allowedHosts).toEqual(
    ['a.example', '2001:db8::1'],
  )
})
