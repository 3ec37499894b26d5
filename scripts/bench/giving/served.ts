import { readFileSync } from 'node:fs'
import { logIn } from '../../../test/support/server.ts'
import { startServer } from '../window.ts'

/** How often the memory of a server is looked at, in milliseconds. */
const everyMs = 250

/** A server with its owner's cookie, and what it holds in memory. */
export const startServing = async (env: NodeJS.ProcessEnv, args: string[]) => {
  const { child, link } = await startServer(env, args)
  const { origin } = new URL(link)
  const cookie = await logIn({ link, origin, child, env })
  /** Bytes in memory now; 0 where the system does not tell (all but Linux). */
  const resident = () => {
    try {
      const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024
    } catch {
      return 0
    }
  }
  return { child, origin, cookie, resident }
}

/** Looks at a value again and again while some work is done, and answers all that was seen. */
export const watched = async (value: () => number, work: () => Promise<unknown>): Promise<number[]> => {
  const seen: number[] = [value()]
  const timer = setInterval(() => seen.push(value()), everyMs)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return [...seen, value()]
}
