import { z } from 'zod'
import { GalleryError } from '../../shared/errors.ts'
import type { ProviderLink, ProviderPerson } from '../../shared/schemas/access.ts'
import { AccountName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { onRedis } from '../redis/errors.ts'
import { note } from './audit-log.ts'
import { dropKeptKey, refuseUnkept } from './kept-logins.ts'
import { endSessions } from './sessions.ts'

/*
 * Which account a person of a provider of logins has. A person is known by issuer and subject, and by nothing else: an e-mail address or a
 * name can be another person's tomorrow (OpenID Connect Core 1.0, 5.7).
 */

/** People who wait for an account. More are forgotten, whoever waits for longest first. */
const maxWaiting = 100

/** `made`: when the account was made, so that one of the same name one day is not theirs. */
const Link = z.object({ account: AccountName, made: z.string(), name: z.string(), since: z.string() })
const Waiting = z.object({ name: z.string(), email: z.string(), since: z.string() })

/** Who somebody is for a provider. */
export interface Identified {
  issuer: string
  subject: string
}

/** An issuer is a URL, and so has no blank. */
const fieldFor = ({ issuer, subject }: Identified) => `${issuer} ${subject}`

const identified = (field: string): Identified => {
  const blank = field.indexOf(' ')
  return { issuer: field.slice(0, blank), subject: field.slice(blank + 1) }
}

const parsed = <T>(schema: z.ZodType<T>, text: string | null): T | null => {
  try {
    return schema.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

const madeAt = async ({ redis, keys }: Session, account: string) =>
  (await redis.hget(keys.account(account), 'created')) ?? ''

/** The account of a person; null where there is none, or it is not the one any more that was linked. Administrators. */
export const accountOf = (session: Session, who: Identified): Promise<string | null> =>
  onRedis(async () => {
    const { redis, keys } = session
    const link = parsed(Link, await redis.hget(keys.providerLinks, fieldFor(who)))
    if (!link || !(await redis.sismember(keys.users, link.account))) return null
    return (await madeAt(session, link.account)) === link.made ? link.account : null
  })

/** Lets a person of a provider in as an account. CONFLICT where this person has another one. Administrators. */
export const linkPerson = (session: Session, who: Identified, account: string, name: string): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    await refuseUnkept(session, account)
    const field = fieldFor(who)
    const made = await madeAt(session, account)
    const former = await accountOf(session, who)
    if (former !== null && former !== account)
      throw new GalleryError('CONFLICT', 'personLinked', { name: former })
    const link = { account, made, name, since: new Date().toISOString() }
    await redis.hset(keys.providerLinks, field, JSON.stringify(link))
    await redis.hdel(keys.providerWaiting, field)
    await note(session, 'provider-linked', account, [['person', '', name]])
  })

/** Lets a person in no more, and ends the sessions of the account that they had. NOT_FOUND where nobody is linked so. Administrators. */
export const unlinkPerson = (session: Session, who: Identified): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const field = fieldFor(who)
    const account = await accountOf(session, who)
    const link = parsed(Link, await redis.hget(keys.providerLinks, field))
    if ((await redis.hdel(keys.providerLinks, field)) === 0) throw new GalleryError('NOT_FOUND', 'personGone')
    if (account === null) return
    await dropKeptKey(session, account)
    await endSessions(session, account)
    await note(session, 'provider-unlinked', account, [['person', link?.name ?? '', '']])
  })

/** All people of providers who have an account, by its name. Administrators. */
export const listLinks = ({ redis, keys }: Session): Promise<ProviderLink[]> =>
  onRedis(async () =>
    Object.entries(await redis.hgetall(keys.providerLinks))
      .flatMap(([field, text]) => {
        const link = parsed(Link, text)
        return link
          ? [{ ...identified(field), account: link.account, name: link.name, since: link.since }]
          : []
      })
      .toSorted((a, b) => (a.account < b.account ? -1 : 1)),
  )

/** Notes that somebody logged in at a provider who has no account here, for an administrator to see. Administrators. */
export const noteWaiting = (
  session: Session,
  { name, email, ...who }: Omit<ProviderPerson, 'since'>,
): Promise<void> =>
  onRedis(async () => {
    const { redis, keys } = session
    const person = { name, email, since: new Date().toISOString() }
    await redis.hset(keys.providerWaiting, fieldFor(who), JSON.stringify(person))
    const all = await listWaiting(session)
    for (const old of all.slice(maxWaiting)) await redis.hdel(keys.providerWaiting, fieldFor(old))
  })

/** Those who wait for an account, the newest first. Administrators. */
export const listWaiting = ({ redis, keys }: Session): Promise<ProviderPerson[]> =>
  onRedis(async () =>
    Object.entries(await redis.hgetall(keys.providerWaiting))
      .flatMap(([field, text]) => {
        const person = parsed(Waiting, text)
        return person ? [{ ...identified(field), ...person }] : []
      })
      .toSorted((a, b) => (a.since < b.since ? 1 : -1)),
  )

/** Forgets somebody who waits. Administrators. */
export const forgetWaiting = ({ redis, keys }: Session, who: Identified): Promise<void> =>
  onRedis(async () => void (await redis.hdel(keys.providerWaiting, fieldFor(who))))
