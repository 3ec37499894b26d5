import { createServer } from 'node:http'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'

/**
 * A page that does nothing but show a file as an `<img>` when a key is pressed, at the size of its pixels on this screen: what any
 * viewer has to do besides its own work.
 */
const page = `<!doctype html><meta charset="utf-8"><title>bare</title>
<style>body { margin: 0; background: #222; overflow: hidden }</style>
<script>
  let count = 0
  addEventListener('keydown', () => {
    const image = new Image()
    image.className = 'bare'
    image.src = '/file?' + ++count
    image.style.zoom = String(1 / devicePixelRatio)
    document.body.replaceChildren(image)
  })
</script>`

/** Serves that page; `show` says which file it shows next. The browser keeps none of it. */
export const serveBare = async () => {
  let bytes: Buffer = Buffer.alloc(0)
  const server = createServer((request, response) => {
    const isFile = request.url?.startsWith('/file')
    response.writeHead(200, {
      'content-type': isFile ? 'image/jpeg' : 'text/html',
      'cache-control': 'no-store',
    })
    response.end(isFile ? bytes : page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: async (file: string | Buffer) => {
      bytes = typeof file === 'string' ? await readFile(file) : file
    },
    close: () => server.close(),
  }
}
