import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

export const root = resolve(import.meta.dirname, '../..')

export interface ShownGallery {
  /** A login link of its owner, which works once. */
  link: string
  /** Runs the built command line on it. */
  cimaise: (args: string[], input?: string) => void
}

/** A server on a gallery of its own, which is gone after the work. */
export const withServer = async (work: (gallery: ShownGallery) => Promise<void>): Promise<void> => {
  const home = mkdtempSync(join(tmpdir(), 'cimaise-screenshots-'))
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CIMAISE_'))
  const env = { ...Object.fromEntries(own), CIMAISE_HOME: home, CIMAISE_PORT: '0' }
  const server = spawn(process.execPath, [join(root, 'out/main/server.js')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const cimaise = (args: string[], input = '') => {
    const { status } = spawnSync(process.execPath, [join(root, 'out/main/cli.js'), ...args], { env, input })
    if (status !== 0) throw new Error(`cimaise ${args.join(' ')} ended with ${String(status)}`)
  }
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      const link = /ready: (\S+)/.exec(line)?.[1]
      if (!link) continue
      await work({ link, cimaise })
      break
    }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  }
}
