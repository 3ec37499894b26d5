import { chunksOf } from '../../shared/domain/chunks.ts'
import type { Home } from '../gallery/local-settings.ts'
import { createOriginals, firstOf, type Originals } from '../photos/originals.ts'
import { onRedis, results } from '../redis/errors.ts'
import type { Session } from '../gallery/session.ts'
import { FileIndex } from './index/file-index.ts'

/** Accounts asked about in one pipeline. */
const pipelineSize = 1000

/**
 * The accounts whose file indexes are facts, the session's own first: those of administrators and of service accounts. Any
 * member can write a file index of their own for this host, which says nothing.
 */
export const trustedAccounts = ({
  redis,
  keys,
  account,
}: Pick<Session, 'redis' | 'keys' | 'account'>): Promise<string[]> =>
  onRedis(async () => {
    const trusted = new Set([account, ...(await redis.smembers(keys.administrators))])
    const all = await redis.smembers(keys.users)
    for (const part of chunksOf(all, pipelineSize)) {
      const asked = redis.pipeline()
      for (const name of part) asked.hget(keys.account(name), 'service')
      results<string | null>(await asked.exec()).forEach((flag, i) => {
        if (flag === '1') trusted.add(part[i] ?? '')
      })
    }
    return [...trusted]
  })

/** The originals in the file index that another account has of this host, on the session's own connection. Administrators. */
export const originalsOf = async (session: Session, home: Home, account: string): Promise<Originals> => {
  const host = { ...session, account }
  const fileIndex = new FileIndex()
  await fileIndex.load(host)
  return createOriginals({ host, home, fileIndex })
}

/** All that was ever taken in on this host, whoever followed its folders. Administrators. */
export const allOriginals = async (session: Session, home: Home): Promise<Originals> => {
  const all: Originals[] = []
  for (const account of await trustedAccounts(session)) all.push(await originalsOf(session, home, account))
  return firstOf(all)
}
