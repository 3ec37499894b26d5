import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { findServer } from '../../src/core/redis/server/process.ts'
import { freePort, untilItAnswers } from './redis/ports.ts'

/** Redis's own user with which the tests empty a worker's server; no gallery knows of it. */
export const resetUser = {
  name: 'test-reset',
  password: 'test-reset',
  rules: ['test-reset', 'on', '>test-reset', '~*', '&*', '+@all'],
}

/** Starts one Redis for each worker, and stops them all at the end, however the workers ended. */
export default async (project: TestProject) => {
  const directory = mkdtempSync(join(tmpdir(), 'cimaise-workers-'))
  const workers = project.vitest.config.maxWorkers
  const servers = await Promise.all(
    Array.from({ length: workers }, async () => {
      const port = await freePort()
      const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '']
      const child = spawn(findServer(), [...settings, '--user', ...resetUser.rules], { stdio: 'ignore' })
      await untilItAnswers(port)
      return { port, child }
    }),
  )
  project.provide(
    'redisPorts',
    servers.map(({ port }) => port),
  )
  return () => {
    for (const { child } of servers) child.kill('SIGKILL')
    rmSync(directory, { recursive: true, force: true, maxRetries: 10 })
  }
}

declare module 'vitest' {
  export interface ProvidedContext {
    redisPorts: number[]
  }
}
