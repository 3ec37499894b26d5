import { setTimeout as wait } from 'node:timers/promises'
import { Cluster, type Command, type Redis } from 'ioredis'
import type { Connection } from './connection.ts'
import { EndingCluster, EndingRedis } from './ending.ts'

/*
 * Where Redis lives on several machines, one takes over from another now and then. Meanwhile a server may refuse whom it will let in
 * in a second, or be gone. Such an answer is one of a moment: the command is sent again, for as long as patience lasts.
 */

/** How long a command is sent again before it is said that the store is changing over, in milliseconds. */
export const patienceMs = 20_000
/** Between two tries, in milliseconds. */
const pauseMs = 200

/** Answers that another server, or the same one a moment later, does not give. */
const momentary =
  /^(WRONGPASS|NOAUTH|READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|UNBLOCKED|Too many Cluster redirections|Connection is closed|Command aborted due to connection close|Socket timeout|Failed to refresh slots cache|All sentinels are unreachable|None of startup nodes is available)/
const momentaryNames = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError', 'AbortError'])
/** The network's words for a server that cannot be reached. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  // The name of a container that is not running is nobody's.
  'ENOTFOUND',
])

/** Whether it is the network that tells that a server cannot be reached. */
export const isOfNetwork = (error: Error): boolean =>
  networkCodes.has((error as NodeJS.ErrnoException).code ?? '')

/** Whether an error says no more than that a server is just changing over to another. */
const isOfAMoment = (error: unknown): boolean =>
  error instanceof Error &&
  (momentary.test(error.message) || momentaryNames.has(error.name) || isOfNetwork(error))

/** These are sent once: what they speak of is this one connection. */
const once = new Set([
  'hello',
  'auth',
  'wait',
  'quit',
  'multi',
  'exec',
  'discard',
  'readonly',
  'readwrite',
  'asking',
])

/** Connections whose account is let in no more: there is nothing to wait for. */
const refused = new WeakSet<Connection>()

/** The account of a connection is let in no more: its commands fail at once from now on, and it emits `refused`. */
export const giveUp = (redis: Connection): void => {
  if (refused.has(redis)) return
  refused.add(redis)
  redis.emit('refused')
}

const doubts = new WeakMap<Connection, () => void>()

/** Calls back when a server refuses the login of a connection: whether for a moment or for good is to be found out. */
export const onDoubt = (redis: Connection, listener: () => void): void => void doubts.set(redis, listener)

/** A cluster says that no node answered, and keeps to itself what the last one said. */
export const innermost = (error: unknown): unknown =>
  error instanceof Error && 'lastNodeError' in error && error.lastNodeError
    ? innermost(error.lastNodeError)
    : error

/** Whether a server did not take the login. */
export const isLoginRefused = (error: unknown): boolean => {
  const said = innermost(error)
  return said instanceof Error && /^(WRONGPASS|NOAUTH)/.test(said.message)
}

/** The text with which a command fails after all; errors.ts has the sentence for it. */
const impatient = (cause: Error) => new Error('CHANGINGOVER no server took the command in time', { cause })

/** Commands that are sent again already: one that is sent again comes by here, too. */
const stubborn = new WeakSet<Command>()

/** A call in a pipeline goes with the WAIT behind it, on one connection: both are sent again together (copies.ts). */
const isOfPair = ({ name, pipelineIndex }: Command) =>
  pipelineIndex !== undefined && name.toLowerCase() === 'fcall'

const isSentOnce = (command: Command) =>
  once.has(command.name.toLowerCase()) ||
  (command.name === 'client' && command.args[0] === 'setname') ||
  isOfPair(command)

/**
 * Has a command sent again by `send` when it fails by an answer of a moment. A command of a transaction is not, as the rest of
 * the transaction is gone.
 */
const beStubborn = (redis: Connection, command: Command, send: () => unknown) => {
  if (command.inTransaction || isSentOnce(command) || stubborn.has(command)) return
  stubborn.add(command)
  const reject = command.reject
  let deadline = 0
  command.reject = (error: Error) => {
    const again = isOfAMoment(error) && !refused.has(redis) && redis.status !== 'end'
    deadline ||= performance.now() + patienceMs
    if (isLoginRefused(error)) doubts.get(redis)?.()
    if (!again) reject.call(command, error)
    else if (performance.now() > deadline) reject.call(command, impatient(error))
    else void wait(pauseMs).then(() => void send())
  }
}

/** A part of a cluster has moved. ioredis goes after it, but for a pipeline of which another command was answered all the same. */
const hasMoved = (redis: Connection, error: Error): redis is Cluster =>
  redis instanceof Cluster && error.message.startsWith('MOVED')

/**
 * Waits after an answer of a moment, before what failed by it is done again; a function of its own for each thing to be done. Throws any
 * other error, and CHANGINGOVER once patience has come to its end.
 */
export const patience = (redis: Connection): ((error: Error) => Promise<unknown>) => {
  let deadline = 0
  return (error) => {
    const isMomentary = isOfAMoment(error) || hasMoved(redis, error)
    if (!isPatient(redis) || !isMomentary || refused.has(redis) || redis.status === 'end') throw error
    deadline ||= performance.now() + patienceMs
    if (performance.now() > deadline) throw impatient(error)
    if (isLoginRefused(error)) doubts.get(redis)?.()
    if (hasMoved(redis, error)) redis.refreshSlotsCache()
    return wait(pauseMs)
  }
}

type Stream = Parameters<Redis['sendCommand']>[1]

/** A connection to the primary that Sentinels name, which waits while another one takes over. */
export class PatientRedis extends EndingRedis {
  override sendCommand(command: Command, stream?: Stream): unknown {
    beStubborn(this, command, () => super.sendCommand(command))
    return super.sendCommand(command, stream)
  }
}

/** A connection to a cluster, which waits while a replica of it takes over. */
export class PatientCluster extends EndingCluster {
  constructor(...given: ConstructorParameters<typeof Cluster<'legacy'>>) {
    super(...given)
    // It would keep a connection to one more node for subscriptions, which no account of ours may have.
    const { subscriber } = this as unknown as { subscriber: { start: () => void } }
    subscriber.start = () => undefined
  }

  override sendCommand(command: Command, stream?: Stream, node?: unknown): unknown {
    beStubborn(this, command, () => super.sendCommand(command))
    return super.sendCommand(command, stream, node)
  }
}

/**
 * Does work again that failed by an answer of a moment, where Redis lives on several machines: for transactions, which cannot be sent
 * again by parts. Doing it twice must change nothing.
 */
export const patiently = async <T>(redis: Connection, work: () => Promise<T>): Promise<T> => {
  if (!isPatient(redis)) return work()
  for (const deadline = performance.now() + patienceMs; ;) {
    try {
      return await work()
    } catch (error) {
      const given = error instanceof Error && error.cause instanceof Error ? error.cause : error
      if (!isOfAMoment(given) || refused.has(redis) || performance.now() > deadline) throw error
    }
    await wait(pauseMs)
  }
}

const isPatient = (redis: Connection) => redis instanceof PatientRedis || redis instanceof PatientCluster
