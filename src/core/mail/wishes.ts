import { languages } from '../../shared/domain/appearance.ts'
import {
  newsKinds,
  newsTimes,
  usualNewsTime,
  type NewsKind,
  type NewsTime,
} from '../../shared/domain/mail.ts'
import { MailAddress, MailState, TimeZone, type MailWishes } from '../../shared/schemas/mail.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import type { Session } from '../gallery/session.ts'
import { oneOf } from '../photos/field-values.ts'
import { readHash, readHashes, toRecord } from '../redis/claims.ts'
import type { Connection } from '../redis/connection.ts'
import { isWrongType, onRedis } from '../redis/errors.ts'
import type { Keys } from '../redis/keys.ts'

/*
 * What accounts wish to be told of by mail is a claim of each, under a key where it alone writes. Where its address stands is a fact,
 * which the servers that send mail write: an account cannot confirm an address by itself.
 */

const textBytes = 300
const wishFields = Object.fromEntries(
  ['address', 'language', 'zone', 'wish', ...newsKinds].map((field) => [field, textBytes]),
)
const boxFields = { address: textBytes, state: 16, wish: 64, asked: 16, day: 16 }

/** What an account wishes; `wish` is another one each time that it asks for its address to be confirmed. */
export type Wishes = MailWishes & { wish: string }

/** Where an address stands. `asked`: mails with a link that were sent on `day`, counted in days since 1970. */
export interface Mailbox {
  address: string
  state: MailState
  wish: string
  asked: number
  day: number
}

type Row = Partial<Record<string, string>>

const timesIn = (row: Row) =>
  Object.fromEntries(newsKinds.map((kind) => [kind, oneOf(newsTimes, row[kind]) ?? usualNewsTime])) as Record<
    NewsKind,
    NewsTime
  >

const toWishes = (row: Row): Wishes => ({
  address: MailAddress.safeParse(row['address']).data ?? '',
  language: oneOf(languages, row['language']) ?? 'en',
  zone: TimeZone.safeParse(row['zone']).data ?? 'UTC',
  times: timesIn(row),
  wish: (row['wish'] ?? '').slice(0, 64),
})

const toMailbox = (row: Row): Mailbox => ({
  address: row['address'] ?? '',
  state: MailState.safeParse(row['state']).data ?? 'none',
  wish: row['wish'] ?? '',
  asked: Number(row['asked'] ?? 0),
  day: Number(row['day'] ?? 0),
})

/** Wishes and mailboxes of accounts, in their order. Administrators and service accounts. */
export const readMail = async (
  redis: Connection,
  keys: Keys,
  names: string[],
): Promise<{ wishes: Wishes; mailbox: Mailbox }[]> => {
  const [wishes, boxes] = await Promise.all([
    readHashes(
      redis,
      names.map((name) => keys.mailWishes(name)),
      wishFields,
    ),
    readHashes(
      redis,
      names.map((name) => keys.mailbox(name)),
      boxFields,
    ),
  ])
  const parsed = (fields: object, row: (string | null)[] | null | undefined) =>
    toRecord(Object.keys(fields), row ?? [])
  return names.map((_, i) => ({
    wishes: toWishes(parsed(wishFields, wishes[i])),
    mailbox: toMailbox(parsed(boxFields, boxes[i])),
  }))
}

/** Whether mails go to an account's address: the one that it wishes now was confirmed. */
export const isConfirmed = ({ wishes, mailbox }: { wishes: Wishes; mailbox: Mailbox }): boolean =>
  wishes.address !== '' && mailbox.address === wishes.address && mailbox.state === 'confirmed'

/** Where the address stands for its account. */
const stateOf = (wishes: Wishes, mailbox: Mailbox): MailState => {
  if (wishes.address === '') return 'none'
  const isKnown = mailbox.address === wishes.address
  return isKnown && (mailbox.state === 'confirmed' || mailbox.wish === wishes.wish) ? mailbox.state : 'new'
}

/** What the caller wishes, and where its address stands. Accounts. */
export const ownMail = ({ redis, keys, account }: Session): Promise<MailWishes & { state: MailState }> =>
  onRedis(async () => {
    const [row, box] = await Promise.all([
      readHash(redis, keys.mailWishes(account), wishFields),
      readHash(redis, keys.mailbox(account), boxFields),
    ])
    const { wish, ...wishes } = toWishes(row)
    return { ...wishes, state: stateOf({ ...wishes, wish }, toMailbox(box)) }
  })

/**
 * Notes what the caller wishes. An address that is not confirmed is asked for once more, by the next server that sends mail.
 * Accounts.
 */
export const setOwnMail = (session: Session, wishes: MailWishes): Promise<void> =>
  onRedis(async () => {
    const { redis, keys, account } = session
    const key = keys.mailWishes(account)
    const { address, language, zone, times } = wishes
    const { address: before, state } = await ownMail(session)
    const asks = address !== before || state !== 'confirmed'
    const fields = { address, language, zone, ...times, ...(asks ? { wish: newName() } : {}) }
    try {
      await redis.hset(key, fields)
    } catch (error) {
      if (!isWrongType(error)) throw error
      await redis.del(key) // what no Cimaise has written
      await redis.hset(key, fields)
    }
  })

/** Notes where an account's address stands. Administrators and service accounts. */
export const noteMailbox = async (
  redis: Connection,
  keys: Keys,
  account: string,
  fields: Partial<Mailbox>,
): Promise<void> => {
  await redis.hset(keys.mailbox(account), fields)
}
