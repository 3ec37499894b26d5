import { createHash } from 'node:crypto'
import { readSync } from 'node:fs'

/** Bytes read at once. */
const pieceBytes = 1024 ** 2

/** SHA-256 of the content of an open file, base64url, in constant memory; `bytes`: how much that was. */
export const digestOf = (file: number): { digest: string; bytes: number } => {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafeSlow(pieceBytes)
  let bytes = 0
  for (let count = -1; count !== 0; bytes += count) {
    count = readSync(file, piece, 0, piece.length, bytes)
    hash.update(piece.subarray(0, count))
  }
  return { digest: hash.digest('base64url'), bytes }
}
