import type { IncomingMessage } from 'node:http'
import type { Session } from '../../core/gallery/session.ts'
import type { HeaderLogin } from '../ways/header-login.ts'
import type { RequiredFactor } from '../ways/required-factor.ts'
import type { Sessions } from './sessions.ts'

interface StandingParts {
  sessions: Pick<Sessions, 'find'>
  byHeader: Pick<HeaderLogin, 'allows'>
  requiredFactor: Pick<RequiredFactor, 'holds'>
}

interface Asked {
  incoming: IncomingMessage
  token: string | undefined
  address: string
}

/** Whose session goes on with a request; null for nobody's. `held`: it may do nothing but add to its login, and is a guest elsewhere. */
export const standingOf = async (
  { sessions, byHeader, requiredFactor }: StandingParts,
  { incoming, token, address }: Asked,
): Promise<{ session: Session | null; held: boolean }> => {
  const found = await sessions.find(token, address)
  if (!found || !byHeader.allows(incoming, found, token)) return { session: null, held: false }
  return { session: found, held: await requiredFactor.holds(found, token) }
}
