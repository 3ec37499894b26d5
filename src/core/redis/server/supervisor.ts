/**
 * The supervisor of the embedded Redis: a small process of its own that starts the server, holds it for every process that
 * uses it, and stops it with the last of them.
 *
 * Every user process keeps one connection to the supervisor's socket. The operating system closes it however the process ends,
 * `kill -9` included, so no process is counted that is not there. Listening on the socket is what makes the supervisor the
 * only one. A supervisor that is killed leaves the server running; the next supervisor adopts it.
 *
 * Run as: keeper.js <redis directory>
 */
import { appendFileSync, renameSync, statSync, unlinkSync } from 'node:fs'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { errorText, GalleryError } from '../../../shared/errors.ts'
import { keepResponsive } from '../end-busy.ts'
import { readSecret } from './secrets.ts'
import { withSupervisorAddress } from './supervisor-address.ts'
import { startServer, stopServer, type RunningServer } from './process.ts'

/** How long the server outlives its last user, so that commands in a row do not start it again each time, in milliseconds. */
const graceMs = 1500

const directory = process.argv[2] ?? process.exit(2)
const logFile = join(directory, 'keeper.log')

/** Never throws: the folder may have been deleted under the supervisor, who must stop the server all the same. */
const log = (text: string) => {
  try {
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 256 * 1024)
      renameSync(logFile, `${logFile}.1`)
    appendFileSync(logFile, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 })
  } catch {
    // nowhere to write to
  }
}

const listen = (address: string) =>
  new Promise<Server | null>((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    )
    server.listen(address, () => resolve(server))
  })

const answers = (address: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(address)
    socket.once('connect', () => resolve(!socket.destroy().connecting))
    socket.once('error', () => resolve(false))
  })

/** The right to be the supervisor, or null where another one has it. A socket that a killed supervisor left is put aside. */
const becomeSupervisor = () =>
  withSupervisorAddress(directory, async (address) => {
    const server = await listen(address)
    if (server || process.platform === 'win32' || (await answers(address))) return server
    const aside = `${address}.${process.pid}`
    renameSync(address, aside) // unlinking could hit the new socket of a supervisor that was quicker
    if (await answers(aside)) {
      renameSync(aside, address)
      return null
    }
    unlinkSync(aside)
    return listen(address)
  })

class Supervisor {
  readonly #users = new Set<Socket>()
  readonly #server: Server
  readonly #key: string
  #running: Promise<RunningServer>
  #lastCall: NodeJS.Timeout | undefined
  #stopping = false

  constructor(server: Server, key: string) {
    this.#server = server
    this.#key = key
    this.#running = this.#start()
    this.#running.catch(() => undefined) // told to every process that connects, in #serve
    server.on('connection', (socket) => void this.#serve(socket))
    this.#stopWhenUnused()
  }

  async #start(): Promise<RunningServer> {
    const running = await startServer(directory, this.#key, log)
    log(`the server runs on port ${running.port}`)
    const letGo = keepResponsive(running.redis, log)
    running.redis.once('end', () => {
      letGo()
      this.#restart()
    })
    return running
  }

  #restart() {
    if (this.#stopping) return
    log('the server has ended by itself; it is started again')
    this.#running = this.#start()
    this.#running.catch((error: unknown) => this.#giveUp(error))
  }

  #giveUp(error: unknown) {
    const why = errorText(error)
    log(why)
    const told = { error: why, ...(error instanceof GalleryError ? { text: error.text } : {}) }
    for (const socket of this.#users) socket.end(`${JSON.stringify(told)}\n`)
    process.exitCode = 1
    this.#server.close(() => process.exit())
  }

  async #serve(socket: Socket) {
    clearTimeout(this.#lastCall)
    this.#users.add(socket)
    socket.on('error', () => undefined) // 'close' follows
    socket.on('close', () => {
      this.#users.delete(socket)
      this.#stopWhenUnused()
    })
    try {
      const { port } = await this.#running
      socket.write(`${JSON.stringify({ port })}\n`)
    } catch (error) {
      this.#giveUp(error)
    }
  }

  #stopWhenUnused() {
    clearTimeout(this.#lastCall)
    if (this.#users.size === 0)
      this.#lastCall = setTimeout(() => void this.stop('nobody uses the server any more'), graceMs)
  }

  async stop(why: string) {
    if (this.#stopping) return
    this.#stopping = true
    log(`${why}; stopping it`)
    this.#server.close() // frees the address first: a process that comes now waits for a new supervisor, not for this one
    const running = await this.#running.catch(() => null)
    if (running) await stopServer(running)
    process.exit()
  }
}

const server = await becomeSupervisor()
if (!server) process.exit(0)
const supervisor = new Supervisor(server, readSecret(directory, 'keeper.key'))
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void supervisor.stop(`received ${signal}`))
process.on('SIGHUP', () => undefined) // the terminal that happened to start it may close
