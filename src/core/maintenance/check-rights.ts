import { allCollections } from '../collections/visible-collections.ts'
import type { Session } from '../gallery/session.ts'
import type { Findings } from './findings.ts'
import type { Listed } from './check-registry.ts'

/** Everybody's rights, and what is public, on albums and collections that are there. */
export const checkRights = async (
  session: Session,
  { live: albums }: Listed,
  findings: Findings,
  repair: boolean,
) => {
  const { redis, keys } = session
  const live = new Set([...albums, ...(await allCollections(session))])
  for (const id of await redis.smembers(keys.public))
    if (!live.has(id)) {
      findings.note('public albums that are not there', id)
      if (repair) await redis.srem(keys.public, id)
    }
  const holders = [
    ...(await redis.smembers(keys.users)).map((name) => keys.grants(name)),
    ...(await redis.smembers(keys.groups)).map((name) => keys.groupGrants(name)),
  ]
  for (const grants of holders)
    for (const id of await redis.hkeys(grants))
      if (!live.has(id)) {
        findings.note('rights on albums that are not there', `${grants} ${id}`)
        if (repair) await redis.hdel(grants, id)
      }
}

/** The keys that accounts write for themselves, by what follows their name, their id prefix or an album, with their types. */
const ownTypes: [RegExp, string][] = [
  [/^(requests|acts|calls|events)$/, 'stream'],
  [/^seen$/, 'hash'],
  [/^library:[^:]+(:folders|:failures)?$/, 'hash'],
  [/^(albums|collections)$/, 'set'],
  [/^(titles|family)$/, 'hash'],
  // What is said of an album: by an account, or by one that is no more.
  [/^(by:[^:]+(:\w+)?|writers|picks:share~[0-9A-Za-z]{8}|selections)$/, 'hash'],
]
/** The others of an account, which only administrators write. */
const recordKeys = /^(account|grants|rights|ended|addresses|asked|tokens|token:[^:]+:used)$/

/**
 * What accounts write for themselves, of the keys that begin with their name, their id prefix or an album: keys of another type, or that
 * no Cimaise has written, are noted, and taken away by a repair.
 */
export const checkOwnKeys = async (
  { redis }: Session,
  scan: AsyncIterable<string[]>,
  findings: Findings,
  repair: boolean,
) => {
  for await (const part of scan)
    for (const key of part) {
      // `{cimaise}:user:ana:library:host` and `{cimaise}:maker:ana~x1Y2:titles`: neither name holds a colon.
      const rest = key.split(':').slice(3).join(':')
      const wanted = ownTypes.find(([form]) => form.test(rest))?.[1]
      if (recordKeys.test(rest) || (wanted !== undefined && (await redis.type(key)) === wanted)) continue
      findings.note('keys that Cimaise has not written', key)
      if (repair) await redis.unlink(key)
    }
}
