import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../../test/support/redis/ports.ts'
import { root } from '../common.ts'
import type { Thumb } from './thumbs.ts'

export interface Served {
  origin: string
  child: ChildProcess
}

/** A server that prints `ready:` and where it is. */
const startNode = async (
  script: string,
  args: string[],
  env = process.env,
): Promise<Served & { link: string }> => {
  const child = spawn(process.execPath, [join(root, script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const link = /ready: (\S+)/.exec(line)?.[1]
    if (link) return { origin: new URL(link).origin, child, link }
  }
  throw new Error(`${script} did not start`)
}

export const startCimaise = (env: NodeJS.ProcessEnv) => startNode('out/main/server.js', ['--port', '0'], env)

export const startBare = (url: string, prefix: string) =>
  startNode('scripts/bench/http/bare-server.ts', [url, prefix])

/** nginx as it is installed, with one process as ours has one, and the same bytes as files. */
export const startNginx = async (folder: string, thumbs: Thumb[]): Promise<Served> => {
  const [files, port] = [join(folder, 'nginx', 'thumb'), await freePort()]
  mkdirSync(files, { recursive: true })
  for (const { name, bytes } of thumbs) writeFileSync(join(files, name), bytes)
  const config = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/nginx/${kind};`)
    .join(' ')
  writeFileSync(
    config,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr crit;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 512; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type image/webp; ${temporary}
server { listen 127.0.0.1:${port}; root ${folder}/nginx; } }
`,
  )
  const child = spawn('nginx', ['-c', config, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
  const origin = `http://127.0.0.1:${port}`
  while (!(await fetch(origin).catch(() => null))) await wait(20)
  return { origin, child }
}

export const stop = async ({ child }: Served) => {
  child.kill('SIGTERM')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}
