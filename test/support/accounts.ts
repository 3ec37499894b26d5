import { Redis } from 'ioredis'
import { onTestFinished } from 'vitest'
import { newKey } from '../../src/core/redis/server/secrets.ts'
import { createAlbum } from '../../src/core/albums/create-album.ts'
import type { Gallery } from '../../src/core/gallery/gallery.ts'
import { createAccount, type NewAccount } from '../../src/core/access/accounts.ts'
import { applyRights } from '../../src/core/access/apply-acl.ts'
import { setRights } from '../../src/core/access/grants.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { subjectOf } from '../../src/shared/domain/subjects.ts'
import type { AccessLevel } from '../../src/shared/schemas/access.ts'

/** An account with a key of its own, and a session of it. */
export const addAccount = async (
  gallery: Gallery,
  owner: Session,
  name: string,
  more: Partial<NewAccount> = {},
): Promise<{ session: Session; key: string }> => {
  const key = newKey()
  await createAccount(owner, { name, role: 'member', canCreateAlbums: false, key, ...more })
  return { session: await gallery.login(name, key), key }
}

/** Gives an account rights on albums. */
export const grant = (owner: Session, name: string, rights: Record<string, AccessLevel>) =>
  setRights(
    owner,
    Object.entries(rights).map(([album, right]) => ({ subject: subjectOf('account', name), album, right })),
  )

/** A plain client, as every user may use with their own login. */
export const plainClient = async (gallery: Gallery, username: string, password: string): Promise<Redis> => {
  const { hostname, port } = new URL(gallery.redisUrl())
  const redis = new Redis({
    host: hostname,
    port: Number(port),
    username,
    password,
    lazyConnect: true,
    enableReadyCheck: false,
    disableClientInfo: true,
    maxRetriesPerRequest: 0,
  })
  redis.on('error', () => undefined)
  onTestFinished(() => redis.disconnect())
  await redis.connect()
  return redis
}

/** Many albums and accounts, written as the gallery would, in one go. */
export const fillGallery = async (owner: Session, titles: string[], names: string[]): Promise<void> => {
  for (const title of titles) await createAlbum(owner, { title })
  const { redis, keys } = owner
  const made = redis.pipeline()
  for (const name of names)
    made.sadd(keys.users, name).hset(keys.account(name), { displayName: name, role: 'member' })
  await made.exec()
  await applyRights(redis, keys)
}
