/** What the login of a share link is derived from: its secret, and the password where it has one. */
export const shareSecret = (secret: string, password: string): string => `${secret}:${password}`

/**
 * A link to one album. The secret stands behind the `#`, so that no server and no log ever sees it; `+` there says that a
 * password is asked for.
 */
export const shareLink = (origin: string, name: string, secret: string, hasPassword: boolean): string =>
  `${origin.replace(/\/+$/, '')}/?share=${name.slice('share~'.length)}#${secret}${hasPassword ? '+' : ''}`

/**
 * The same with the secret in the path, so that the server tells whoever asks for it what the album is: its title and a picture where the
 * link is passed on in a message. The logs of proxies may keep it. Only for links without a password: their secret alone opens nothing.
 */
export const toldLink = (origin: string, name: string, secret: string): string =>
  `${origin.replace(/\/+$/, '')}/s/${name.slice('share~'.length)}/${secret}`

export interface ShareLink {
  name: string
  secret: string
  hasPassword: boolean
}

/** The parts of a share link that was followed; null for any other address. */
export const parseShareLink = (search: string, hash: string): ShareLink | null => {
  const id = new URLSearchParams(search).get('share') ?? ''
  const [, secret, plus] = /^#([\w-]{22})(\+?)$/.exec(hash) ?? []
  if (!secret || !/^[0-9A-Za-z]{8}$/.test(id)) return null
  return { name: `share~${id}`, secret, hasPassword: plus === '+' }
}

/** The same of a whole address, in either form; null for any other text. */
export const readShareLink = (address: string): ShareLink | null => {
  const url = URL.parse(address.trim())
  const [, id, secret] = /\/s\/([0-9A-Za-z]{8})\/([\w-]{22})$/.exec(url?.pathname ?? '') ?? []
  if (id && secret) return { name: `share~${id}`, secret, hasPassword: false }
  return url && parseShareLink(url.search, url.hash)
}
