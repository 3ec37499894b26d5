import { createHash } from 'node:crypto'

export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)

const words = (text: string): string[] => text.split(' ').filter(Boolean).toSorted()

/** The answer of ACL GETUSER, or one of its selectors, with everything in it in one order. */
const normalised = (user: unknown[]): Record<string, unknown> => {
  const fields: Record<string, unknown> = {}
  for (let i = 0; i + 1 < user.length; i += 2) {
    const value = user[i + 1]
    fields[String(user[i])] = !Array.isArray(value)
      ? words(String(value))
      : value.map((item: unknown) => (Array.isArray(item) ? normalised(item) : item)).toSorted(byText)
  }
  return fields
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

const mark = 'set:'

/**
 * What Redis says of a user (ACL GETUSER), in short. Flags, passwords, commands, keys, channels and selectors count as sets: the
 * same Redis names the commands and keys in another order after a restart (seen on 7.0.15).
 */
export const userDigest = (user: unknown): string =>
  mark + digest(Array.isArray(user) ? normalised(user) : user)

/** A digest by an older version, which took the order for a difference: nothing follows from it. */
export const isOldDigest = (text: string): boolean => !text.startsWith(mark)

/** The items of a field of ACL GETUSER, whether Redis gives them as a list or as one text. */
export const fieldOfUser = (user: unknown, name: string): string[] => {
  const fields = Array.isArray(user) ? (user as unknown[]) : []
  const at = fields.indexOf(name)
  const value = at < 0 ? [] : fields[at + 1]
  return Array.isArray(value) ? value.map(String) : words(String(value))
}
