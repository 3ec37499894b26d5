import { MailLinks } from '../../src/core/mail/links.ts'
import { MailOffice } from '../../src/core/mail/mail-office.ts'
import { gatherNews } from '../../src/core/mail/gather.ts'
import { sendDue } from '../../src/core/mail/send.ts'
import { MailSettingsStore, type KeptMailSettings } from '../../src/core/mail/settings.ts'
import { setOwnMail } from '../../src/core/mail/wishes.ts'
import { redisTime } from '../../src/core/access/access-record.ts'
import type { Session } from '../../src/core/gallery/session.ts'
import { newsKinds, type NewsTime } from '../../src/shared/domain/mail.ts'
import type { MailWishes } from '../../src/shared/schemas/mail.ts'
import { expect } from 'vitest'
import { addAccount } from './accounts.ts'
import { startGallery } from './gallery.ts'
import { mailSettings, startMailServer, tokenIn, type TestMailServer } from './mail.ts'
import { albumWithPhotos } from './organise.ts'
import { temporaryFolder } from './temporary.ts'

/** Wishes to be told of all at one time. */
export const wishes = (
  address: string,
  time: NewsTime = 'now',
  more: Partial<MailWishes> = {},
): MailWishes => ({
  address,
  language: 'en',
  zone: 'UTC',
  times: Object.fromEntries(newsKinds.map((kind) => [kind, time])) as MailWishes['times'],
  ...more,
})

/** A gallery whose server sends mail as a service account, a mail server, and an album with photos. */
export const mailGallery = async (server: TestMailServer | null = null) => {
  const { gallery } = await startGallery()
  const owner = await gallery.self()
  const { album, photos } = await albumWithPhotos(owner, 'Corsica', 3)
  const sender = await gallery.service('library')
  const administrator = await gallery.selfAgain()
  const smtp = server ?? (await startMailServer())
  const links = new MailLinks(gallery.secretFor('links in mails'))
  const settings = mailSettings(smtp.port)
  const store = new MailSettingsStore(temporaryFolder(), {})
  const office = new MailOffice({ sender, store, links, foldMs: 0, log: console.error })
  return { gallery, owner: administrator, sender, smtp, links, settings, office, store, album, photos }
}

export type MailGallery = Awaited<ReturnType<typeof mailGallery>>

/** Looks what happened until now, and sends what is due. Resolves to why the mail server could not be used, or null. */
export const mailOnce = async (
  { sender, links, settings }: Pick<MailGallery, 'sender' | 'links' | 'settings'>,
  more: Partial<KeptMailSettings> = {},
): Promise<string | null> => {
  await gatherUntilNow(sender)
  return sendDue({ sender, settings: { ...settings, ...more }, links, foldMs: 0 })
}

/** Looks what happened, until all that has happened by now was looked at. */
export const gatherUntilNow = async (sender: Session): Promise<void> => {
  const now = await redisTime(sender.redis)
  const looked = async () => {
    await gatherNews(sender)
    return Number(await sender.redis.hget(sender.keys.mailRun, 'until'))
  }
  await expect.poll(looked, { timeout: 10_000 }).toBeGreaterThan(now)
}

/** An account that has confirmed an address, and is told of all at once. */
export const addTold = async (
  made: MailGallery,
  name: string,
  wished: MailWishes = wishes(`${name}@example.org`),
): Promise<Session> => {
  const { session } = await addAccount(made.gallery, made.owner, name)
  await confirm(made, session, wished)
  return session
}

/** Says what an account wishes, and follows the link that comes. */
export const confirm = async (made: MailGallery, session: Session, wished: MailWishes): Promise<void> => {
  const { smtp, office } = made
  await setOwnMail(session, wished)
  await mailOnce(made)
  const asked = smtp.mails.splice(0)
  expect(asked.map(({ to }) => to)).toEqual([[wished.address]])
  const [mail] = asked
  expect(mail && (await office.obey('confirm', tokenIn(mail, 'confirm')))).toMatchObject({
    account: session.account,
  })
}
