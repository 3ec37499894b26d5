import { accountsWithout, readRequirement } from '../access/required-factor.ts'
import type { Check } from '../../shared/schemas/gallery.ts'
import type { Session } from '../gallery/session.ts'

/** Accounts that must have codes or a passkey, and have a password alone; where none must, those with a password alone. */
export const aboutFactors = async (session: Session): Promise<Check[]> => {
  const of = await readRequirement(session)
  const without = await accountsWithout(session, of === 'nobody' ? 'everybody' : of)
  const [what, names] = ['Second factor', without.join(', ')]
  if (of === 'nobody')
    return without.length === 0
      ? []
      : [{ what, state: 'ok', detail: `asked of nobody; accounts with a password alone: ${names}` }]
  if (without.length === 0) return [{ what, state: 'ok', detail: `every account that must has one (${of})` }]
  const detail = `these accounts must have one and have a password alone, which opens Redis to them: ${names}`
  return [{ what, state: 'warning', detail }]
}
