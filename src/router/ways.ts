import type { OwnWays } from '../shared/schemas/own-ways.ts'
import { GalleryError } from '../shared/errors.ts'
import { os, type Context, type OwnWaysDesk } from './base.ts'
import { notForStrangers } from './for-strangers.ts'

/** Whose login it is: also of one who has to add to it first, and is a guest elsewhere. */
const callerOf = ({ session, settingUp }: Context) => settingUp ?? session

/** What adds to the caller's own login, or a refusal. */
const deskOf = (context: Context): OwnWaysDesk => {
  const { ownWays: desk } = context
  notForStrangers(callerOf(context))
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
    notForStrangers(callerOf(context))
    return context.ownWays?.list(callerOf(context)) ?? elsewhere
  }),
  beginCodes: procedures.beginCodes.handler(({ context, input }) =>
    deskOf(context).beginCodes(callerOf(context), input.key),
  ),
  turnCodesOn: procedures.turnCodesOn.handler(async ({ context, input }) => ({
    recovery: await deskOf(context).turnCodesOn(callerOf(context), input.sealed, input.code),
  })),
  turnCodesOff: procedures.turnCodesOff.handler(({ context, input }) =>
    deskOf(context).turnCodesOff(callerOf(context), input.code),
  ),
  renewRecovery: procedures.renewRecovery.handler(async ({ context, input }) => ({
    recovery: await deskOf(context).renewRecovery(callerOf(context), input.code),
  })),
  beginPasskey: procedures.beginPasskey.handler(async ({ context, input }) => {
    const { options, sealed } = await deskOf(context).beginPasskey(callerOf(context), input.key)
    return { options: { ...options }, sealed }
  }),
  addPasskey: procedures.addPasskey.handler(({ context, input }) =>
    deskOf(context).addPasskey(callerOf(context), input),
  ),
  removePasskey: procedures.removePasskey.handler(({ context, input }) =>
    deskOf(context).removePasskey(callerOf(context), input.id),
  ),
}
