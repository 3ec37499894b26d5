import { createHash, randomBytes } from 'node:crypto'
import { symlinkSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** A socket's path has room for about 100 bytes on all systems; a data folder may be longer. */
const maxPathBytes = 100

/**
 * Calls `use` with an address at which the supervisor of a folder can listen or be reached: a socket in that folder, which
 * only its owner may enter, or a named pipe on Windows. A long path is shortened by a link of a random name, so that
 * no other user could have put something there before.
 */
export const withSupervisorAddress = async <T>(
  directory: string,
  use: (address: string) => Promise<T>,
): Promise<T> => {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(resolve(directory).toLowerCase()).digest('hex').slice(0, 32)
    return use(`\\\\.\\pipe\\cimaise-${name}`)
  }
  const socket = join(resolve(directory), 'keeper.sock')
  if (Buffer.byteLength(socket) <= maxPathBytes) return use(socket)
  const link = join(tmpdir(), `cimaise-${randomBytes(8).toString('hex')}`)
  symlinkSync(resolve(directory), link)
  try {
    return await use(join(link, 'keeper.sock'))
  } finally {
    unlinkSync(link)
  }
}
