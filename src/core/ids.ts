import { randomInt } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Letters and digits only: nothing that means something in a key pattern. */
const random = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** 62^10 ids: among a million photos, the chance that two are alike is one in two million. */
export const newPhotoId = () => random(10)

/** An id that its maker owns: rights to all albums of an account are one key pattern. */
export const newAlbumId = (account: string) => `${account}~${random(8)}`
