import { redisTime } from '../access/access-record.ts'
import { takeTurn } from '../redis/lease.ts'
import { mailId, subjectOf, tellNews } from './compose.ts'
import { newsLetter, plainLetter } from './letter.ts'
import type { MailLinks } from './links.ts'
import { readNews, type Waiting } from './news.ts'
import { readPeople, type People, type Person, type Sender } from './people.ts'
import type { KeptMailSettings } from './settings.ts'
import { speakerOf } from './speak.ts'
import { sendMail, type Mail, type Outcome } from './transport.ts'
import { noteFailure, noteProblem, readTries } from './tries.ts'
import { dayMs, isDue } from './when.ts'
import { isConfirmed, noteMailbox } from './wishes.ts'

/** A server that is at an account's mail and does not come back gives it up after this time, in milliseconds. */
const turnMs = 2 * 60_000
/** Mails with a link to confirm an address that an account can have sent in a day, as it may name any address. */
const maxAskedADay = 5

/** What mails are sent with. */
export interface Sending {
  sender: Sender
  settings: KeptMailSettings
  links: MailLinks
  /** How long news that are told at once wait for more, in milliseconds. */
  foldMs: number
}

/** What is done for one account at a time, by one of all servers; `done` once the mail server was reached. */
type Done = 'done' | { away: string }

interface Round extends Sending {
  people: People
  now: number
  tries: Awaited<ReturnType<typeof readTries>>
}

const failuresOf = ({ tries }: Round, name: string) => tries.get(name)?.failures ?? 0

const isWaiting = ({ tries, now }: Round, name: string) => (tries.get(name)?.next ?? 0) > now

/** Does something for an account unless another server is at it. */
const inTurn = async (
  { sender: { redis, keys } }: Round,
  name: string,
  work: () => Promise<Done>,
): Promise<Done> => {
  if (!(await takeTurn(redis, keys.mailTurn(name), turnMs))) return 'done'
  try {
    return await work()
  } finally {
    await redis.del(keys.mailTurn(name))
  }
}

const forget = async ({ redis, keys }: Sender, name: string) => {
  await redis.del(keys.mailSending(name), keys.mailNews(name))
}

/** Notes what became of a mail. `drop`: there is nothing more to be tried. */
const conclude = async (
  round: Round,
  { name, wishes }: Person,
  outcome: Outcome,
  drop: () => Promise<unknown>,
): Promise<Done> => {
  const { sender, now } = round
  const { redis, keys } = sender
  if (outcome.what === 'away') return { away: outcome.reason }
  if (outcome.what === 'sent') {
    await drop()
    await redis.hdel(keys.mailTries, name)
    return 'done'
  }
  const { reason } = outcome
  if (outcome.what === 'refused') {
    await noteMailbox(redis, keys, name, { address: wishes.address, wish: wishes.wish, state: 'refused' })
    await forget(sender, name)
    await noteProblem(sender, { what: 'refused', account: name, reason })
  } else if (await noteFailure(sender, name, reason, { failures: failuresOf(round, name), now })) await drop()
  return 'done'
}

/**
 * The news of an account that are on their way: those of a mail that failed, or else all that wait, which are put aside in one step, so that
 * what comes meanwhile is for the next mail.
 */
const putAside = async ({ redis, keys }: Sender, name: string): Promise<Waiting[]> => {
  const sending = keys.mailSending(name)
  if ((await redis.exists(sending)) === 0) {
    if ((await redis.exists(keys.mailNews(name))) === 0) return []
    await redis.rename(keys.mailNews(name), sending)
  }
  return readNews(redis, sending)
}

/** `links`: how the mail's own links are made. */
const mailOf = async (round: Round, person: Person, news: Waiting[]): Promise<Mail | null> => {
  const { sender, settings, links, people, now } = round
  const { name, wishes } = person
  const { language, address } = wishes
  const lines = await tellNews(sender, person, news, { links: people.links, now })
  if (lines.length === 0) return null
  const speaker = speakerOf(language)
  const { url } = settings
  const stop = `${url}/mail/stop?token=${await links.token('stop', name, address)}`
  const more = news.find(({ piece }) => piece.kind === 'more')?.count ?? 0
  const letter = newsLetter({ speaker, language, account: name, url, stop }, lines, more)
  return { ...letter, to: address, subject: subjectOf(speaker, lines), id: mailId(address, news), stop }
}

const tell = (round: Round, person: Person): Promise<Done> =>
  inTurn(round, person.name, async () => {
    const { sender, settings } = round
    const { redis, keys } = sender
    const news = await putAside(sender, person.name)
    const drop = () => redis.del(keys.mailSending(person.name))
    const mail = news.length > 0 ? await mailOf(round, person, news) : null
    if (!mail) {
      await drop() // nobody may read any of it now
      return 'done'
    }
    return conclude(round, person, await sendMail(settings, mail), drop)
  })

const today = (now: number) => Math.floor(now / dayMs)

const isAsking = ({ wishes, mailbox }: Person, now: number) => {
  if (wishes.address === '' || isConfirmed({ wishes, mailbox })) return false
  const isNew = mailbox.address !== wishes.address || mailbox.wish !== wishes.wish
  return isNew && (mailbox.day !== today(now) || mailbox.asked < maxAskedADay)
}

/** The mail with the link by which an address is confirmed. */
const confirmationMail = async ({ settings, links }: Round, { name, wishes }: Person): Promise<Mail> => {
  const { address, language, wish } = wishes
  const { t } = speakerOf(language)
  const link = `${settings.url}/mail/confirm?token=${await links.token('confirm', name, address)}`
  const letter = plainLetter(language, [t('confirmText', { account: name }), link, t('confirmNot')])
  const id = mailId(`${name} ${wish}`, [])
  return { ...letter, to: address, subject: t('confirmSubject'), id, stop: null }
}

/** Asks by mail whether an address is theirs who gave it. */
const askForConfirmation = (round: Round, { name }: Person): Promise<Done> =>
  inTurn(round, name, async () => {
    const { sender, settings, now } = round
    // Another server may have asked meanwhile.
    const person = (await readPeople(sender)).all.get(name)
    if (!person || !isAsking(person, now)) return 'done'
    const { address, wish } = person.wishes
    const day = today(now)
    const asked = person.mailbox.day === day ? person.mailbox.asked + 1 : 1
    const note = () =>
      noteMailbox(sender.redis, sender.keys, name, { address, wish, state: 'asked', asked, day })
    return conclude(round, person, await sendMail(settings, await confirmationMail(round, person)), note)
  })

const isTold = async ({ sender: { redis, keys }, now, foldMs }: Round, { name, wishes }: Person) => {
  if ((await redis.exists(keys.mailSending(name))) > 0) return true
  return isDue(wishes, await readNews(redis, keys.mailNews(name)), now, foldMs)
}

/**
 * Sends what is due by now, to each account at most one mail. Ends at once where the mail server cannot be used at all, and says why;
 * null where it can.
 */
export const sendDue = async (sending: Sending): Promise<string | null> => {
  const { sender } = sending
  const [people, tries, now] = await Promise.all([
    readPeople(sender),
    readTries(sender),
    redisTime(sender.redis),
  ])
  const round: Round = { ...sending, people, tries, now }
  for (const person of people.all.values()) {
    if (isWaiting(round, person.name)) continue
    let done: Done = 'done'
    if (isAsking(person, now)) done = await askForConfirmation(round, person)
    else if (isConfirmed(person) && (await isTold(round, person))) done = await tell(round, person)
    if (done !== 'done') return done.away
  }
  return null
}
