import { newName, newShareSecret } from '../../shared/domain/random-ids.ts'
import { shareSecret, type ShareLink } from '../../shared/domain/share-link.ts'
import type { VisitorAnswers } from '../../shared/domain/visitor-answers.ts'
import type { VisitorSwitches } from '../../shared/domain/visitor-switches.ts'
import type { SessionInfo } from '../../shared/schemas/gallery.ts'
import type { Client } from '../api/client.ts'
import { deriveKey } from '../auth/derive-key.ts'

/** The end of a day by the clock here, `2027-01-31`. */
export const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString()

/** The day of a moment by the clock here, `2027-01-31`. */
export const dayOf = (date: Date): string =>
  new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)

interface NewLink {
  album: string
  label: string
  /** Its last day. */
  until: string
  password: string
  shows: VisitorSwitches
  /** Bytes that its visitors may add; 0: none. */
  uploads: number
  answers: VisitorAnswers
}

/** Makes a link to an album. Its secret is made here and goes nowhere but into the link. */
export const makeShare = async (
  { client, session }: { client: Client; session: SessionInfo | null },
  { album, label, until, password, shows, uploads, answers }: NewLink,
): Promise<ShareLink> => {
  const name = `share~${newName()}`
  const secret = newShareSecret()
  const hasPassword = password !== ''
  const key = await deriveKey(session?.gallery.id ?? '', name, shareSecret(secret, password))
  await client.shares.create({
    ...{ name, album, label: label.trim(), expires: endOf(until) },
    ...{ key, hasPassword, shows, uploads, answers },
  })
  return { name, secret, hasPassword }
}

/** Gives a link another password, or none, by what its holder knows of it: its address stays. */
export const changePassword = async (
  { client, session }: { client: Client; session: SessionInfo | null },
  { name, secret }: ShareLink,
  password: string,
): Promise<void> => {
  const key = await deriveKey(session?.gallery.id ?? '', name, shareSecret(secret, password))
  await client.shares.edit({ name, login: { key, hasPassword: password !== '' } })
}
