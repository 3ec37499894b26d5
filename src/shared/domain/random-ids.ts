import { customAlphabet } from 'nanoid'

/** Letters and digits only: nothing that means something in a key pattern, and no letter more likely than another. */
export const randomLetters = customAlphabet('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')

/** The id of one operation of a user, which may take several calls: twelve letters and digits. */
export const newOperationId = () => randomLetters(12)

/** What names a share link, after its `share~`, or a session: eight letters and digits. */
export const newName = () => randomLetters(8)

/** What opens a share link, some 131 bits. */
export const newShareSecret = () => randomLetters(22)
