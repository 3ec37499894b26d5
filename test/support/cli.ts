import { spawn } from 'node:child_process'
import { vi } from 'vitest'

export interface CliResult {
  code: number | null
  out: string
  err: string
}

/** Runs the built command line to its end, with something on its standard input. */
export const cimaiseWith = (input: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['out/main/cli.js', ...args], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.end(input)
    let out = ''
    let err = ''
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()))
    child.once('close', (code) => resolve({ code, out, err }))
  })

export const cimaise = (env: NodeJS.ProcessEnv, ...args: string[]) => cimaiseWith('', env, ...args)

/** The one JSON document that a command prints. */
export const cimaiseJson = async <T>(env: NodeJS.ProcessEnv, ...args: string[]): Promise<T> =>
  JSON.parse((await cimaise(env, ...args, '--json')).out) as T

/** Sets the gallery's variables to those of an environment; returns the way back. */
const useSettings = (env: NodeJS.ProcessEnv) => {
  const ours = (all: NodeJS.ProcessEnv) => Object.entries(all).filter(([name]) => name.startsWith('CIMAISE_'))
  const set = (settings: [string, string | undefined][]) => {
    for (const [name] of ours(process.env)) Reflect.deleteProperty(process.env, name)
    Object.assign(process.env, Object.fromEntries(settings))
  }
  const before = ours(process.env)
  set(ours(env))
  return () => {
    set(before)
  }
}

/** Hears what is written to a stream, instead of the stream. */
const listenTo = (stream: NodeJS.WriteStream, hear: (text: string) => void) =>
  vi.spyOn(stream, 'write').mockImplementation((piece, ...more: unknown[]) => {
    hear(typeof piece === 'string' ? piece : Buffer.from(piece).toString())
    const done = more.find((one) => typeof one === 'function')
    if (done) queueMicrotask(done as () => void)
    return true
  })

const runHere = async (env: NodeJS.ProcessEnv, args: string[]): Promise<CliResult> => {
  const { runCli } = await import('../../src/cli/run.ts')
  const result: CliResult = { code: null, out: '', err: '' }
  const error = (text: string) => (result.err += text)
  const spies = [
    listenTo(process.stdout, (text) => (result.out += text)),
    listenTo(process.stderr, error),
    vi.spyOn(console, 'error').mockImplementation((text) => error(`${String(text)}\n`)),
  ]
  const restore = useSettings(env)
  try {
    result.code = await runCli(['node', 'cimaise', ...args])
  } finally {
    restore()
    for (const spy of spies) spy.mockRestore()
  }
  return result
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs a command in this process, where it is what the command does that is tested and not the process: a tenth of the time.
 * One after the other, as they share the process's environment and its streams.
 */
export const command = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<CliResult> => {
  const run = last.then(() => runHere(env, args))
  last = run.catch(() => undefined)
  return run
}

/** The one JSON document that a command prints, run in this process. */
export const commandJson = async <T>(env: NodeJS.ProcessEnv, ...args: string[]): Promise<T> => {
  const { out, err } = await command(env, ...args, '--json')
  if (out === '') throw new Error(err)
  return JSON.parse(out) as T
}
