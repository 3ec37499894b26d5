import { EventEmitter } from 'node:events'

/** What can be carried between the processes: text as it is, bytes in base64. */
export type Parcel = string | { bytes: string }

const pack = (data: unknown): Parcel => {
  if (typeof data === 'string') return data
  if (data instanceof Uint8Array) return { bytes: Buffer.from(data).toString('base64') }
  if (data instanceof ArrayBuffer) return { bytes: Buffer.from(data).toString('base64') }
  throw new TypeError('the stand-in carries text and bytes only')
}

const unpack = (parcel: Parcel) =>
  typeof parcel === 'string' ? parcel : new Uint8Array(Buffer.from(parcel.bytes, 'base64'))

/** The main process's end of a port whose other end is in a page. Messages wait until `start`, as in Electron. */
export class MessagePortMain extends EventEmitter {
  readonly #send: (parcel: Parcel | null) => void
  #waiting: Parcel[] | null = []
  closed = false

  /** `send` carries a parcel to the page; null closes the other end. */
  constructor(send: (parcel: Parcel | null) => void) {
    super()
    this.#send = send
  }

  start() {
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const parcel of waiting) this.receive(parcel)
  }

  postMessage(data: unknown) {
    if (!this.closed) this.#send(pack(data))
  }

  close() {
    if (this.closed) return
    this.closed = true
    this.#send(null)
  }

  receive(parcel: Parcel) {
    if (this.closed) return
    if (this.#waiting) this.#waiting.push(parcel)
    else this.emit('message', { data: unpack(parcel), ports: [] })
  }

  /** The page has gone. */
  disconnect() {
    if (this.closed) return
    this.closed = true
    this.emit('close')
  }
}
