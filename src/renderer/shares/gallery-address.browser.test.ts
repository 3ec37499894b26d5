import { expect, test } from 'vitest'
import { reachOf } from './gallery-address.ts'

test('an address says whom it leads to the gallery', () => {
  const of = { here: ['http://localhost:8420', 'http://127.0.0.1/', 'http://[::1]:1/'] as string[] }
  for (const address of of.here) expect(reachOf(address), address).toBe('here')
  for (const address of [
    'http://192.168.1.7:8420',
    'http://172.20.0.2',
    'http://nas',
    'http://nas.local/',
    'http://[fd00::1]/',
  ])
    expect(reachOf(address), address).toBe('near')
  for (const address of [
    'https://photos.example.org/gallery/',
    'http://172.40.0.1',
    'https://[2001:db8::1]/',
  ])
    expect(reachOf(address), address).toBe('all')
  for (const address of ['', 'photos', 'ftp://x.org']) expect(reachOf(address), address).toBe(null)
})
