import { spawn } from 'node:child_process'

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
