import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { deleteAccount, editAccount, setPassword } from '../../../src/core/access/accounts.ts'
import { dropKeptKey, keptKey } from '../../../src/core/access/kept-logins.ts'
import { verifyRights } from '../../../src/core/access/verify-acl.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { addAccount } from '../../support/accounts.ts'
import { startGallery } from '../../support/gallery.ts'

const secret = randomBytes(32)

const withAna = async () => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  await addAccount(gallery, owner, 'ana')
  const entersBy = async (key: string) => {
    const session = await gallery.login('ana', key).catch(() => null)
    session?.redis.disconnect()
    return session !== null
  }
  return { gallery, owner, entersBy }
}

test('a server lets an account in by a key of its own, beside the password, which may change', async () => {
  const { owner, entersBy } = await withAna()
  const key = await keptKey(owner, 'ana', secret)
  expect(await keptKey(owner, 'ana', secret)).toBe(key)
  const password = newKey()
  await setPassword(owner, 'ana', password)
  expect([await entersBy(key), await entersBy(password), await entersBy(newKey())]).toEqual([
    true,
    true,
    false,
  ])
  await editAccount(owner, { name: 'ana', disabled: true })
  expect([await entersBy(key), await entersBy(password)]).toEqual([false, false])
})

test('the key is none any more for a server with another secret, or once it is dropped', async () => {
  const { owner, entersBy } = await withAna()
  const former = await keptKey(owner, 'ana', secret)
  const key = await keptKey(owner, 'ana', randomBytes(32))
  expect([await entersBy(former), await entersBy(key)]).toEqual([false, true])
  await dropKeptKey(owner, 'ana')
  expect(await entersBy(key)).toBe(false)
})

test('what stands in Redis does not tell the key, and another account with the name has another one', async () => {
  const { gallery, owner } = await withAna()
  const key = await keptKey(owner, 'ana', secret)
  const stored = await owner.redis.hgetall(owner.keys.keptLogins)
  expect(JSON.stringify(stored)).not.toContain(key)
  await deleteAccount(owner, 'ana')
  expect(await owner.redis.hgetall(owner.keys.keptLogins)).toEqual({})
  await addAccount(gallery, owner, 'ana')
  expect(await keptKey(owner, 'ana', secret)).not.toBe(key)
})

test('a Redis that has lost its users gets both passwords back', async () => {
  const { owner, entersBy } = await withAna()
  const [key, password] = [await keptKey(owner, 'ana', secret), newKey()]
  await setPassword(owner, 'ana', password)
  for (const lose of [
    ['DELUSER', 'ana'],
    ['SETUSER', 'ana', `<${key}`],
  ]) {
    await owner.redis.call('ACL', ...lose)
    await verifyRights(owner.redis, owner.keys, { account: 'owner', supervisorLogin: null })
    expect([await entersBy(key), await entersBy(password)]).toEqual([true, true])
  }
})

test.each(['owner', 'guest'])('nobody is let in as %s by a server', async (name) => {
  const { owner } = await withAna()
  await expect(keptKey(owner, name, secret)).rejects.toThrow()
})
