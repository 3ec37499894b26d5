import { expect, test } from 'vitest'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { startGallery } from '../../support/gallery.ts'
import { addAccount } from '../../support/accounts.ts'
import { startServer, type TestServer } from '../../support/server.ts'

const post = ({ origin }: TestServer, account: string, key: string, address: string) =>
  fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.9.9.9, ${address}` },
    body: JSON.stringify({ account, key }),
  })

test('behind a proxy it is the forwarded address that counts and is remembered, over a restart of the server', async () => {
  const { gallery, env } = await startGallery()
  const { key } = await addAccount(gallery, await gallery.self(), 'ana')
  const first = await startServer(['--behind-proxy'], env)
  expect((await post(first, 'ana', key, '192.0.2.1')).status).toBe(204)
  const second = await startServer(['--behind-proxy'], env)
  const wrong = newKey()
  for (let n = 0; n < 11; n++)
    await Promise.all(Array.from({ length: 10 }, () => post(second, 'ana', wrong, `198.51.100.${n}`)))
  expect((await post(second, 'ana', key, '203.0.113.9')).status).toBe(429)
  expect((await post(second, 'ana', key, '192.0.2.1')).status).toBe(204)
})
