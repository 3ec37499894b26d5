import { shareLink, shareSecret } from '../../shared/domain/share-link.ts'
import type { GalleryState } from '../app/app-state.svelte.ts'
import { deriveKey } from '../auth/login.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Letters and digits that nobody can guess. */
const random = (length: number): string => {
  let text = ''
  while (text.length < length) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    // A remainder would favour the first letters.
    if (byte < 248) text += letters[byte % 62] ?? ''
  }
  return text
}

/** The end of a day by the clock here, `2027-01-31`. */
const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString()

/** Where the gallery is served: in the desktop app that is another program's business, so its usual address is named. */
const origin = () => (window.desktop ? 'http://localhost:8420' : window.location.origin)

/** Makes a link to an album. Its secret is made here and goes nowhere but into the link. */
export const makeShare = async (
  { client, session }: Pick<GalleryState, 'client' | 'session'>,
  { album, label, until, password }: { album: string; label: string; until: string; password: string },
): Promise<string> => {
  const name = `share~${random(8)}`
  const secret = random(22)
  const hasPassword = password !== ''
  const key = await deriveKey(session?.gallery.id ?? '', name, shareSecret(secret, password))
  await client.shares.create({ name, album, label: label.trim(), expires: endOf(until), key, hasPassword })
  return shareLink(origin(), name, secret, hasPassword)
}
