import { spawn, type ChildProcess } from 'node:child_process'
import { findServer } from '../../../src/core/redis/server/process.ts'
import { freePort, untilItAnswers } from './ports.ts'
import { atEnd } from '../shared.ts'
import { temporaryFolder } from '../temporary.ts'

export interface PlainRedis {
  port: number
  url: string
  directory: string
  child: ChildProcess
}

/** A redis-server of the test's own, as an operator would run it; it ends with the test. */
export const startRedis = async (...settings: string[]): Promise<PlainRedis> => {
  const port = await freePort()
  const directory = temporaryFolder('cimaise-redis-')
  const child = spawn(
    findServer(),
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '', ...settings],
    {
      stdio: 'ignore',
    },
  )
  atEnd(() => void child.kill('SIGKILL'))
  await untilItAnswers(port)
  return { port, url: `redis://127.0.0.1:${port}`, directory, child }
}

/** A Redis that keeps an append-only file, and can be killed and started again over the same data. */
export const startKeptRedis = async () => {
  const [port, directory] = [await freePort(), temporaryFolder('cimaise-redis-')]
  const start = async () => {
    const settings = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--appendonly',
      'yes',
    ]
    const child = spawn(findServer(), settings, { stdio: 'ignore' })
    atEnd(() => void child.kill('SIGKILL'))
    await untilItAnswers(port)
    return child
  }
  return { url: `redis://127.0.0.1:${port}`, start }
}
