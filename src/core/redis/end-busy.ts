import { setTimeout as wait } from 'node:timers/promises'
import { serversOf } from './clients.ts'
import type { Connection } from './connection.ts'
import { errorText } from '../../shared/errors.ts'

/** How often it is looked whether Redis answers, in milliseconds. */
const pingIntervalMs = 1000

const refusalOf = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer
    return ''
  } catch (error) {
    return errorText(error)
  }
}

type Server = Pick<Connection, 'ping' | 'call'>

/** Ends what keeps one server from answering. Returns what was done, in words; null where there is nothing to end. */
const endBusy = async (server: Server): Promise<string | null> => {
  if (!(await refusalOf(server.ping())).startsWith('BUSY')) return null
  // Redis refuses each for what the other one has to end.
  const asFunction = await refusalOf(server.call('FUNCTION', 'KILL'))
  const refused = asFunction.startsWith('BUSY') ? await refusalOf(server.call('SCRIPT', 'KILL')) : asFunction
  // It has ended by itself meanwhile, or this account may not end it, as a member's: others' watches do.
  if (/^(NOTBUSY|NOPERM)/.test(refused)) return null
  if (refused.startsWith('UNKILLABLE'))
    return 'a script that has run for more than 5 s has written something already, so that Redis cannot end it: wait for its end, or restart Redis'
  return refused === ''
    ? 'a script that ran for more than 5 s was ended'
    : `a script that has run for more than 5 s could not be ended: ${refused}`
}

/**
 * Ends scripts and functions that keep Redis from answering for longer than its `busy-reply-threshold` of 5 s, and says so
 * in `log`. The account of `redis` needs `ping`, `function|kill` and `script|kill`. Returns the way to stop.
 */
export const keepResponsive = (redis: Connection, log: (text: string) => void): (() => void) => {
  const stop = new AbortController()
  let last: string | null = null
  const look = async (server: Server) => {
    const said = await endBusy(server)
    if (said !== null && said !== last) log(said)
    last = said
  }
  const run = async () => {
    while (!stop.signal.aborted) {
      const servers = serversOf(redis)
      // A server that is away is no matter of this watch.
      await Promise.all(servers.map((server) => look(server).catch(() => undefined)))
      await wait(pingIntervalMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined)
    }
  }
  void run()
  return () => stop.abort()
}
