import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Session } from '../../src/core/gallery/session.ts'

export const homeOf = (env: NodeJS.ProcessEnv) => env['CIMAISE_HOME'] ?? ''

/** The folder of the embedded server. */
export const redisFolder = (env: NodeJS.ProcessEnv) => join(homeOf(env), 'redis')

export const pidOf = (env: NodeJS.ProcessEnv) =>
  Number(readFileSync(join(redisFolder(env), 'redis.pid'), 'utf8'))

/** The process id of the supervisor, which is the server's parent. */
export const supervisorOf = (pid: number) =>
  Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Resolves once a process has ended. */
export const untilStopped = (pid: number) =>
  expect.poll(() => isAlive(pid), { timeout: 20_000, interval: 20 }).toBe(false)

/** Resolves once a session's connection is answered again. */
const untilAnswered = ({ redis, keys }: Session) =>
  expect
    .poll(() => redis.hget(keys.meta, 'format').catch(() => null), { timeout: 20_000, interval: 20 })
    .toBe('1')

/** Resolves once Redis has handed to the system all that was acknowledged: it waits up to two seconds where a disk is slow. */
export const untilWritten = ({ redis }: Session) =>
  expect
    .poll(() => redis.info('persistence'), { interval: 20 })
    .toMatch(/aof_buffer_length:0\r\n[^]*aof_pending_bio_fsync:0/)

/** Ends the server under its users; its supervisor starts it again. */
export const restartRedis = async (env: NodeJS.ProcessEnv, session: Session, signal: NodeJS.Signals) => {
  const pid = pidOf(env)
  process.kill(pid, signal)
  await untilStopped(pid)
  await untilAnswered(session)
}

/** Stops the server and its supervisor, as a power cut does; what is done to the files then is found at the next start. */
export const cutPower = async (env: NodeJS.ProcessEnv) => {
  const pid = pidOf(env)
  const supervisor = supervisorOf(pid)
  process.kill(supervisor, 'SIGKILL')
  process.kill(pid, 'SIGKILL')
  await untilStopped(pid)
  await untilStopped(supervisor)
}
