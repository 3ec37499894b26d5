/** The least that a Node server can do to show thumbnails out of Redis. Arguments: URL of Redis, what the keys begin with. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Redis } from 'ioredis'

const [url = '', prefix = ''] = process.argv.slice(2)
const redis = new Redis(url, { enableReadyCheck: false })
const server = createServer((request, response) => {
  const name = /^\/thumb\/([0-9a-f]{64})/.exec(request.url ?? '')?.[1] ?? ''
  void redis.getBuffer(prefix + name).then((bytes) => {
    response.writeHead(bytes ? 200 : 404, {
      'content-type': 'image/webp',
      'content-length': bytes?.length ?? 0,
    })
    response.end(bytes)
  })
})
server.listen(0, '127.0.0.1', () =>
  console.log(`ready: http://127.0.0.1:${(server.address() as AddressInfo).port}`),
)
process.on('SIGTERM', () => process.exit(0))
