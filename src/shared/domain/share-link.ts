/** What the login of a share link is derived from: its secret, and the password where it has one. */
export const shareSecret = (secret: string, password: string): string => `${secret}:${password}`

/**
 * A link to one album. The secret stands behind the `#`, so that no server and no log ever sees it; `+` there says that a
 * password is asked for.
 */
export const shareLink = (origin: string, name: string, secret: string, hasPassword: boolean): string =>
  `${origin.replace(/\/+$/, '')}/?share=${name.slice('share~'.length)}#${secret}${hasPassword ? '+' : ''}`

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
