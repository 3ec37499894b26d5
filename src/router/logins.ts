import { groupMappings, mapGroup } from '../core/access/provider-groups.ts'
import { forgetWaiting, linkPerson, listLinks, listWaiting, unlinkPerson } from '../core/access/provider-links.ts'
import { os } from './base.ts'

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
}
