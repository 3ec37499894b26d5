import type { MailOffice } from '../core/mail/mail-office.ts'
import { ownMail, setOwnMail } from '../core/mail/wishes.ts'
import { isStranger } from '../core/gallery/session.ts'
import { GalleryError } from '../shared/errors.ts'
import { os, type Context } from './base.ts'

/** Links and guests have no address. */
const onlyAccounts = ({ session }: Context) => {
  if (isStranger(session)) throw new GalleryError('FORBIDDEN', 'mailNoAccount')
}

/** What sends mail at this server, for administrators: its settings open more than the gallery. */
const officeOf = ({ session, mail }: Context): MailOffice => {
  if (!session.identity.administrator) throw new GalleryError('FORBIDDEN', 'noRight')
  if (!mail) throw new GalleryError('UNSUPPORTED', 'mailElsewhere')
  return mail
}

export const mail = {
  mine: os.mail.mine.handler(async ({ context }) => {
    onlyAccounts(context)
    return { ...(await ownMail(context.session)), sends: context.mail?.sends ?? null }
  }),
  setMine: os.mail.setMine.handler(async ({ context, input }) => {
    onlyAccounts(context)
    await setOwnMail(context.session, input)
  }),
  server: os.mail.server.handler(({ context }) => officeOf(context).overview()),
  setServer: os.mail.setServer.handler(({ context, input }) => officeOf(context).setSettings(input.settings)),
  test: os.mail.test.handler(async ({ context, input }) => {
    const { language } = await ownMail(context.session)
    await officeOf(context).test(input.settings, input.to, language)
  }),
}
