import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { temporaryFolder } from './temporary.ts'

/** Ports that were free a moment ago. */
const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Reverse proxies that hand `/gallery/` on to a server, as docs/operations.md has them. */
export const proxies = ['nginx', 'caddy'] as const

export type Proxy = (typeof proxies)[number]

/** Whether a proxy is there. */
export const isInstalled = (proxy: Proxy): boolean =>
  spawnSync(proxy, [proxy === 'nginx' ? '-v' : 'version']).status === 0

const nginxFile = (folder: string, port: number, upstream: string, more: string) => `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr crit;
events {}
http {
  access_log off;
  client_body_temp_path ${folder};
  proxy_temp_path ${folder};
  fastcgi_temp_path ${folder};
  uwsgi_temp_path ${folder};
  scgi_temp_path ${folder};
  server {
    listen 127.0.0.1:${port};
    location /gallery/ {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      ${more}
    }
  }
}
`

const caddyFile = (port: number, upstream: string) => `
{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  handle /gallery/* {
    reverse_proxy ${upstream.replace('http://', '')}
  }
}
`

/** Starts a proxy in front of a server, and answers its own origin once it answers. `more`: what nginx does besides for the gallery. */
export const startProxy = async (proxy: Proxy, upstream: string, more = ''): Promise<string> => {
  const folder = temporaryFolder()
  const port = await freePort()
  const file = join(folder, 'configuration')
  writeFileSync(file, proxy === 'nginx' ? nginxFile(folder, port, upstream, more) : caddyFile(port, upstream))
  const args =
    proxy === 'nginx' ? ['-p', folder, '-c', file] : ['run', '--adapter', 'caddyfile', '--config', file]
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(proxy, args, { env, stdio: ['ignore', 'ignore', 'ignore'] })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  const origin = `http://127.0.0.1:${port}`
  const status = async () => (await fetch(`${origin}/gallery/`).catch(() => null))?.status
  // It may ask who somebody is first.
  await expect.poll(async () => [200, 401].includes((await status()) ?? 0), { timeout: 30_000 }).toBe(true)
  return origin
}
