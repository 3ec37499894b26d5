import { readdirSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'

const megabyte = 1024 * 1024

/** Share of the machine's memory, or of this container's, that the data of Redis may take. */
const memoryShare = 0.6
/** Bytes that it may take at least, however small the machine is. */
const minMemoryBytes = 512 * megabyte

const machineMemory = () => {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : totalmem()
}

/** Bytes of the append-only files: what is in memory takes about as much, or less. */
const dataOnDisk = (directory: string) => {
  try {
    const folder = join(directory, 'appendonlydir')
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
  } catch {
    return 0 // a server that has never run
  }
}

/**
 * Bytes that the data may take. Never less than what is there already needs, as Redis would drop thumbnails then: packed
 * records take up to twice their bytes on disk.
 */
const maxMemory = (directory: string) =>
  Math.floor(Math.max(minMemoryBytes, memoryShare * machineMemory(), 2 * dataOnDisk(directory)) / megabyte)

/**
 * Limits that keep one connection from filling the memory. A value is a thumbnail or a page of ids at most; the largest
 * answer is the file index of a library of some 100,000 files.
 */
export const connectionLimits = {
  'proto-max-bulk-len': '8mb',
  'client-query-buffer-limit': '64mb',
  'maxmemory-clients': '20%',
  timeout: '0',
  'tcp-keepalive': '60',
  'busy-reply-threshold': '5000',
}

/**
 * The settings of a server that this program starts, which reads them from its standard input: on a full disk it still
 * starts. Paths are relative to its working directory, so that a folder of any name will do.
 *
 * - Photo hashes stay packed in memory only while their longest value, a path, fits the listpack limit.
 * - A stream takes a whole node at once, 4 KB by default, of which an album's events need a tenth.
 * - An append-only file with a damaged end is not cut by Redis itself, which keeps no copy (append-only.ts).
 */
export const serverSettings = (directory: string, port: number): string => `bind 127.0.0.1
port ${port}
protected-mode yes
dir .
aclfile users.acl
logfile redis.log
pidfile redis.pid
appendonly yes
appendfsync everysec
aof-load-truncated no
save ""
maxmemory ${maxMemory(directory)}mb
maxmemory-policy volatile-lru
hash-max-listpack-entries 64
hash-max-listpack-value 1024
stream-node-max-bytes 1024
client-output-buffer-limit normal 256mb 128mb 60
client-output-buffer-limit pubsub 32mb 8mb 60
${Object.entries(connectionLimits)
  .map(([name, value]) => `${name} ${value}\n`)
  .join('')}`
