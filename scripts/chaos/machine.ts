import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { addMachine, plug } from './network.ts'

export interface Command {
  program: string
  args: string[]
  env?: NodeJS.ProcessEnv
}

/** Where a machine is, and what runs on it. */
export interface Place {
  host: string
  port: number
  /** Its number in the network of namespaces; null on the loopback. */
  n: number | null
}

/** How long each flush takes on a slow disk, in microseconds. */
const slowFlushUs = 1_500_000

/** Whether a disk can be made slow: strace is installed, and may hold other processes up. */
export const canSlowDisks = (): boolean =>
  process.getuid?.() === 0 && spawnSync('strace', ['--version'], { stdio: 'ignore' }).status === 0

/** How soon a process is started again that ended by itself, in milliseconds. */
const restartMs = 1000

/** One process on a machine of its own, to which everything happens that happens to machines. */
export class Machine {
  readonly what: string
  readonly place: Place
  /** A folder of its own on a small disk, where it has one. */
  readonly folder: string
  readonly #command: (machine: Machine) => Command
  readonly #namespace: string | null
  child: ChildProcess | null = null
  /** It is to run: what ends by itself is started again, as a container is. */
  #wanted = false

  constructor(what: string, place: Place, folder: string, command: (machine: Machine) => Command) {
    this.what = what
    this.folder = folder
    this.#namespace = place.n === null ? null : addMachine(place.n).name
    this.place = place
    this.#command = command
  }

  get address() {
    return `${this.place.host}:${this.place.port}`
  }

  get runs() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null
  }

  start() {
    const { program, args, env } = this.#command(this)
    const within = this.#namespace ? ['netns', 'exec', this.#namespace, program] : []
    const [file, all] = this.#namespace ? ['ip', [...within, ...args]] : [program, args]
    this.#wanted = true
    const child = spawn(file, all, {
      env: env ?? process.env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    child.once('exit', () => {
      setTimeout(() => {
        if (this.#wanted && !this.runs) this.start()
      }, restartMs).unref()
    })
    this.child = child
  }

  async kill() {
    const { child } = this
    this.#wanted = false
    if (!child || !this.runs) return
    const gone = once(child, 'exit')
    child.kill('SIGCONT')
    child.kill('SIGKILL')
    await gone
  }

  pause() {
    this.child?.kill('SIGSTOP')
  }

  resume() {
    this.child?.kill('SIGCONT')
  }

  /** Takes its cable out, or puts it back. */
  plug(connected: boolean) {
    if (this.place.n !== null) plug(this.place.n, connected)
  }

  get canBeUnplugged() {
    return this.place.n !== null
  }

  /** Stands still and goes on in turns, as a machine does whose disk or host is overloaded. */
  async stutter(ms: number) {
    for (const end = Date.now() + ms; Date.now() < end;) {
      this.pause()
      await wait(150)
      this.resume()
      await wait(50)
    }
  }

  /** Each flush to its disk takes long. */
  async slowDisk(ms: number) {
    const { child } = this
    if (!child?.pid || !this.runs) return
    const held = ['-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:delay_enter=${slowFlushUs}`]
    const slowing = spawn('strace', ['-f', '-qq', '-o', '/dev/null', ...held, '-p', String(child.pid)], {
      stdio: 'ignore',
    })
    const ended = once(slowing, 'exit')
    await Promise.race([wait(ms), ended])
    slowing.kill()
    await ended
  }

  /** Fills its disk, or frees it. */
  fill(full: boolean) {
    const file = join(this.folder, 'filler')
    if (!full) rmSync(file, { force: true })
    else
      try {
        execFileSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=64k'], { stdio: 'ignore' })
      } catch {
        // dd ends so where there is no more room, which is what it is for
      }
  }
}
