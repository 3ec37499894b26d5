import { ownWaysOf, resetOwnWays } from '../core/access/own-ways.ts'
import { groupMappings, mapGroup } from '../core/access/provider-groups.ts'
import { accountsWithout, readRequirement, setRequirement } from '../core/access/required-factor.ts'
import {
  forgetWaiting,
  linkPerson,
  listLinks,
  listWaiting,
  unlinkPerson,
} from '../core/access/provider-links.ts'
import { endToken } from '../core/access/token-acts.ts'
import { createToken, listAllTokens, listTokens, revokeToken } from '../core/access/tokens.ts'
import { os } from './base.ts'
import { notForStrangers } from './for-strangers.ts'

export const logins = {
  people: os.logins.people.handler(async ({ context: { session } }) => {
    const [linked, waiting, groups] = await Promise.all([
      listLinks(session),
      listWaiting(session),
      groupMappings(session),
    ])
    return { linked, waiting, groups }
  }),
  link: os.logins.link.handler(({ context, input: { account, name, ...who } }) =>
    linkPerson(context.session, who, account, name),
  ),
  unlink: os.logins.unlink.handler(({ context, input }) => unlinkPerson(context.session, input)),
  forget: os.logins.forget.handler(({ context, input }) => forgetWaiting(context.session, input)),
  mapGroup: os.logins.mapGroup.handler(({ context, input }) =>
    mapGroup(context.session, input.theirs, input.ours),
  ),
  waysOf: os.logins.waysOf.handler(({ context, input }) => ownWaysOf(context.session, input.account)),
  resetWays: os.logins.resetWays.handler(({ context, input }) =>
    resetOwnWays(context.session, input.account),
  ),
  requirement: os.logins.requirement.handler(async ({ context: { session } }) => {
    const [without, of] = await Promise.all([accountsWithout(session), readRequirement(session)])
    return { of, without }
  }),
  setRequirement: os.logins.setRequirement.handler(({ context, input }) =>
    setRequirement(context.session, input.of),
  ),
}

export const tokens = {
  list: os.tokens.list.handler(({ context: { session } }) => {
    notForStrangers(session)
    return listTokens(session)
  }),
  create: os.tokens.create.handler(({ context: { session }, input: { name: token, ...wanted } }) => {
    notForStrangers(session)
    return createToken(session, { token, ...wanted })
  }),
  revoke: os.tokens.revoke.handler(({ context: { session }, input }) => {
    notForStrangers(session)
    return revokeToken(session, input.name)
  }),
  everybodys: os.tokens.everybodys.handler(({ context }) => listAllTokens(context.session)),
  end: os.tokens.end.handler(({ context, input }) => endToken(context.session, input.account, input.name)),
}
