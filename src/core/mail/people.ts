import { chunksOf } from '../../shared/domain/chunks.ts'
import { AccountName, ShareName } from '../../shared/schemas/ids.ts'
import type { Session } from '../gallery/session.ts'
import { redisUser } from '../redis/acl/redis-users.ts'
import { readHashes, toRecord } from '../redis/claims.ts'
import { results } from '../redis/errors.ts'
import { isConfirmed, readMail, type Mailbox, type Wishes } from './wishes.ts'

/** The program's session that sends mail: an administrator's, or a service account's. */
export type Sender = Session

/** An account that may be told of things by mail, wherever its address stands. */
export interface Person {
  name: string
  administrator: boolean
  wishes: Wishes
  mailbox: Mailbox
}

/** A share link, with who made it. Times in milliseconds since 1970; NaN for what is none. */
export interface Link {
  name: string
  by: string
  album: string
  label: string
  created: number
  expires: number
}

/** Who there is to be told. */
export interface People {
  /** By their names, without those who are disabled. */
  all: Map<string, Person>
  /** Those whose address is confirmed. */
  told: Person[]
  links: Link[]
  /** Accounts that follow the folders of servers: what they made is nobody's but the administrators'. */
  services: Set<string>
}

const accountFields = Object.fromEntries(
  ['role', 'disabled', 'service', 'by', 'album', 'displayName', 'created', 'expires'].map((field) => [
    field,
    800,
  ]),
)

type Row = Partial<Record<string, string>>

const toLink = (name: string, row: Row): Link => ({
  name,
  by: row['by'] ?? '',
  album: row['album'] ?? '',
  label: row['displayName'] ?? '',
  created: Date.parse(row['created'] ?? ''),
  expires: Date.parse(row['expires'] ?? ''),
})

/** Reads all accounts and links. */
export const readPeople = async ({ redis, keys }: Sender): Promise<People> => {
  const users = await redis.smembers(keys.users)
  const rows = await readHashes(
    redis,
    users.map((name) => keys.account(name)),
    accountFields,
  )
  const records = new Map(users.map((name, i) => [name, toRecord(Object.keys(accountFields), rows[i] ?? [])]))
  const of = (name: string): Row => records.get(name) ?? {}
  const services = new Set(users.filter((name) => of(name)['service'] === '1'))
  const isPerson = (name: string) =>
    AccountName.safeParse(name).success &&
    ['administrator', 'member'].includes(of(name)['role'] ?? '') &&
    of(name)['disabled'] !== '1' &&
    !services.has(name)
  const names = users.filter(isPerson)
  const mail = await readMail(redis, keys, names)
  const persons = names.flatMap((name, i): Person[] => {
    const own = mail[i]
    return own ? [{ name, administrator: of(name)['role'] === 'administrator', ...own }] : []
  })
  return {
    all: new Map(persons.map((person) => [person.name, person])),
    told: persons.filter(isConfirmed),
    links: users.filter((name) => ShareName.safeParse(name).success).map((name) => toLink(name, of(name))),
    services,
  }
}

const pairsPerCall = 500

/**
 * Whether accounts may read albums, as Redis itself says of their users at this moment: nothing here computes rights. Answers in the
 * order of what is asked.
 */
export const mayRead = async (
  { redis, keys }: Sender,
  asked: { account: string; album: string }[],
): Promise<boolean[]> => {
  const answers: boolean[] = []
  for (const part of chunksOf(asked, pairsPerCall)) {
    const each = redis.pipeline()
    for (const { account, album } of part)
      each.call('ACL', 'DRYRUN', redisUser(keys, account), 'ZCARD', keys.albumPhotos(album))
    answers.push(...results<string>(await each.exec()).map((answer) => answer === 'OK'))
  }
  return answers
}
