import { readdirSync, readlinkSync, realpathSync } from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { atEnd } from './shared.ts'
import { galleryEnvironment } from './gallery.ts'

export interface TestServer {
  /** `http://127.0.0.1:PORT` */
  origin: string
  /** The login link that was printed. */
  link: string
  child: ChildProcess
  env: NodeJS.ProcessEnv
}

/**
 * Starts the built server as `cimaise serve` does, on a gallery of its own in the worker's Redis, and waits until it says
 * that it is ready. With `CIMAISE_REDIS_URL: ''` it starts an embedded Redis.
 */
export const startServer = async (args: string[] = [], more: NodeJS.ProcessEnv = {}): Promise<TestServer> => {
  const env = await galleryEnvironment({ CIMAISE_PORT: '0', ...more })
  const child = spawn(process.execPath, ['out/main/server.js', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  atEnd(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /^Cimaise is ready: (\S+)$/.exec(line)?.[1]
    if (link) return { origin: new URL(link).origin, link, child, env }
  }
  throw new Error('the server ended before it was ready')
}

/** Logs in by the link as a browser does, and returns the cookie. */
export const logIn = async ({ link }: TestServer): Promise<string> => {
  const response = await fetch(link, { redirect: 'manual' })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Logs an account in by its key, and resolves to the cookie of its session. */
export const logInAs = async ({ origin }: TestServer, account: string, key: string): Promise<string> => {
  const response = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account, key }),
  })
  return response.headers.get('set-cookie')?.split(';')[0] ?? ''
}

/** Whether a server has a file open; only Linux tells. */
export const hasOpen = ({ child: { pid = 0 } }: TestServer, file: string): boolean =>
  readdirSync(`/proc/${pid}/fd`).some((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`) === realpathSync(file)
    } catch {
      return false // closed meanwhile
    }
  })
