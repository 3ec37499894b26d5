/** One set-up at a time: others wait. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot, say } from './console.mjs'

/** The process that holds a lock; 0 while it has not yet written so. @param {string} lock */
const holder = (lock) => {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'))
  } catch {
    return 0
  }
}

/** @param {number} pid */
const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * Whether the process that made a lock is gone: it was killed, or it took no time at all to be killed. @param {string} lock
 */
const isStale = (lock) => {
  const pid = holder(lock)
  if (pid) return !isAlive(pid)
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
  return made !== undefined && Date.now() - made > 10_000
}

/** Moves a stale lock away before deleting it: of several that find it, one only can. @param {string} lock */
const removeStale = (lock) => {
  const pid = holder(lock)
  const away = `${lock}-${process.pid}`
  try {
    renameSync(lock, away)
    if (holder(away) === pid) rmSync(away, { recursive: true, force: true })
    else renameSync(away, lock) // another process was quicker, and has made a new one
  } catch {
    // another process moved it
  }
}

/** @param {string} lock */
const take = (lock) => {
  try {
    mkdirSync(lock)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(lock, 'pid'), String(process.pid))
  return true
}

/**
 * Does work that no other process may do at the same time.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} root
 */
export const alone = async (work, root = projectRoot) => {
  mkdirSync(join(root, 'out'), { recursive: true })
  const lock = join(root, 'out', '.set-up')
  for (let waiting = false; !take(lock); waiting = true) {
    if (isStale(lock)) {
      removeStale(lock)
      continue
    }
    if (!waiting) say(`Waiting for another set-up to end (process ${holder(lock) || 'unknown'}, ${lock})…`)
    await wait(200)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
