import type { Keys } from '../keys.ts'

/** The account of those who have not logged in: a Redis user without password. */
export const guestName = 'guest'

/** The account of the user whose desktop it is. */
export const ownerName = 'owner'

/** The account that the program itself has on every node of several (access/nodes). No account of a gallery can have its name. */
export const stewardName = 'STEWARD'

/** Name of an account's Redis user. Redis knows one set of users, so those of a second gallery carry its name. */
export const redisUser = (keys: Keys, account: string) =>
  keys.gallery === 'cimaise' ? account : `${keys.gallery}:${account}`

/** What the program logs in with on a node of several. */
export const stewardLogin = (keys: Keys, password: string) => ({
  username: redisUser(keys, stewardName),
  password,
})

/**
 * The channel pattern that each Redis user of a gallery carries, by which it is known as one of its. It gives nothing, as no
 * account may subscribe or publish.
 */
export const accountMark = (keys: Keys) => `${keys.pattern.channel}:account`
