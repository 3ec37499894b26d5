import type { OwnWays } from '../shared/schemas/own-ways.ts'
import { GalleryError } from '../shared/errors.ts'
import { os, type Context, type OwnWaysDesk } from './base.ts'
import { notForStrangers } from './for-strangers.ts'

/** What adds to the caller's own login, or a refusal. */
const deskOf = ({ ownWays: desk, session }: Context): OwnWaysDesk => {
  notForStrangers(session)
  if (!desk) throw new GalleryError('UNSUPPORTED', 'waysServerOnly')
  return desk
}

const elsewhere: OwnWays = {
  possible: 'serverOnly',
  ...{ named: false, codesSince: null, recoveryLeft: 0, passkeys: [] },
}

const procedures = os.ways

export const ways = {
  list: procedures.list.handler(({ context }) => {
    notForStrangers(context.session)
    return context.ownWays?.list(context.session) ?? elsewhere
  }),
  beginCodes: procedures.beginCodes.handler(({ context, input }) =>
    deskOf(context).beginCodes(context.session, input.key),
  ),
  turnCodesOn: procedures.turnCodesOn.handler(async ({ context, input }) => ({
    recovery: await deskOf(context).turnCodesOn(context.session, input.sealed, input.code),
  })),
  turnCodesOff: procedures.turnCodesOff.handler(({ context, input }) =>
    deskOf(context).turnCodesOff(context.session, input.code),
  ),
  renewRecovery: procedures.renewRecovery.handler(async ({ context, input }) => ({
    recovery: await deskOf(context).renewRecovery(context.session, input.code),
  })),
  beginPasskey: procedures.beginPasskey.handler(async ({ context, input }) => {
    const { options, sealed } = await deskOf(context).beginPasskey(context.session, input.key)
    return { options: { ...options }, sealed }
  }),
  addPasskey: procedures.addPasskey.handler(({ context, input }) =>
    deskOf(context).addPasskey(context.session, input),
  ),
  removePasskey: procedures.removePasskey.handler(({ context, input }) =>
    deskOf(context).removePasskey(context.session, input.id),
  ),
}
