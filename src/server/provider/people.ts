import { createAccount } from '../../core/access/accounts.ts'
import { keptKey } from '../../core/access/kept-logins.ts'
import { followGroups } from '../../core/access/provider-groups.ts'
import { accountOf, linkPerson, noteWaiting } from '../../core/access/provider-links.ts'
import type { Session } from '../../core/gallery/session.ts'
import { newKey } from '../../core/redis/server/secrets.ts'
import { plainText } from '../../shared/domain/fold-text.ts'
import { newName } from '../../shared/domain/random-ids.ts'
import { GalleryError } from '../../shared/errors.ts'
import type { Administration } from '../administration.ts'
import type { Person } from './provider.ts'
import type { ProviderSettings } from './settings.ts'

/** How many names are tried before one of chance is taken. */
const maxNames = 5

type Admitting = Pick<ProviderSettings, 'domains' | 'groups' | 'createsAccounts'>

/** Whether the settings let a person in at all. An e-mail address counts for this alone, and where the provider has verified it. */
export const isAdmitted = ({ domains, groups }: Admitting, person: Person): boolean => {
  const domain = person.email.split('@').at(-1)?.toLowerCase() ?? ''
  const fromDomain = domains.length === 0 || (person.email !== '' && domains.includes(domain))
  return fromDomain && (groups.length === 0 || person.groups.some((group) => groups.includes(group)))
}

/** Names for a new account, the best first. None of them is one that is taken: then there is another account, of somebody else. */
export const namesFor = ({ userName, email, displayName }: Person): string[] => {
  const [wanted = ''] = [userName.split('@')[0], email.split('@')[0], displayName]
    .map((text) =>
      plainText(text ?? '')
        .replace(/[^a-z0-9._-]+/g, '-')
        .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, ''),
    )
    .filter(Boolean)
  const base = wanted.slice(0, 28) || 'member'
  const numbered = Array.from({ length: maxNames - 1 }, (_, n) => `${base}-${n + 2}`)
  return [base, ...numbered, `member-${newName().toLowerCase()}`]
}

const refuses = (error: unknown) =>
  error instanceof GalleryError && (error.code === 'CONFLICT' || error.code === 'INVALID')

/** Makes an account for a person, with a name of its own and a password that nobody knows. */
const makeAccount = async (session: Session, person: Person): Promise<string> => {
  const names = namesFor(person)
  for (const name of names)
    try {
      const displayName = person.displayName || person.userName || name
      await createAccount(session, {
        name,
        displayName,
        role: 'member',
        canCreateAlbums: false,
        key: newKey(),
      })
      await linkPerson(session, person, name, person.email || displayName)
      return name
    } catch (error) {
      if (!refuses(error) || name === names.at(-1)) throw error
    }
  throw new GalleryError('CONFLICT', 'providerRefused')
}

/**
 * The account of a person who came from the provider, with its groups in line, and the key that it logs in to Redis with. FORBIDDEN
 * where the settings do not let the person in, or no account is linked and none is made.
 */
export const admitPerson = (
  administration: Administration,
  settings: Admitting,
  person: Person,
  secret: Buffer,
): Promise<{ account: string; key: string }> =>
  administration.act(async (session) => {
    if (!isAdmitted(settings, person)) throw new GalleryError('FORBIDDEN', 'providerNotAdmitted')
    const known = await accountOf(session, person)
    if (known === null && !settings.createsAccounts) {
      const { issuer, subject, email } = person
      const name = person.displayName || person.userName
      await noteWaiting(session, { issuer, subject, email, name })
      throw new GalleryError('FORBIDDEN', 'providerWaiting')
    }
    const account = known ?? (await makeAccount(session, person))
    await followGroups(session, account, person.groups)
    return { account, key: await keptKey(session, account, secret) }
  })
