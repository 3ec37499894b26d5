import { spawn, execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { KeptMailSettings } from '../../src/core/mail/settings.ts'
import type { Pair } from './authority.ts'
import { freePort, untilItAnswers } from './redis/ports.ts'
import { atEnd } from './shared.ts'
import { temporaryFolder } from './temporary.ts'

/** A mail as a server got it: whom it is for, its lines as they came, and what they say. */
export interface Received {
  to: string[]
  raw: string
  said: string
}

export interface TestMailServer {
  port: number
  mails: Received[]
  close: () => Promise<void>
}

interface MailServerOptions {
  /** The port of one that was closed. */
  port?: number
  login?: { user: string; password: string }
  pair?: Pair
  /** What is answered to a recipient, with its code; nothing: it is taken. */
  refuse?: (address: string) => { code: number; text: string } | null
}

const refusal = ({ code, text: said }: { code: number; text: string }) =>
  Object.assign(new Error(said), { responseCode: code })

/** What quoted-printable lines say, headers among them as they stand. */
const decoded = (raw: string): string => {
  const bytes = raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

const optionsOf = ({ login, pair, refuse }: MailServerOptions, mails: Received[]): SMTPServerOptions => ({
  logger: false,
  authOptional: !login,
  allowInsecureAuth: true,
  disabledCommands: [...(login ? [] : ['AUTH']), ...(pair ? [] : ['STARTTLS'])],
  ...(pair && { cert: readFileSync(pair.cert), key: readFileSync(pair.key) }),
  onAuth: ({ username, password }, _session, done) => {
    const fits = username === login?.user && password === login?.password
    done(fits ? null : new Error('No such user here'), fits ? { user: username } : undefined)
  },
  onRcptTo: ({ address }, _session, done) => {
    const no = refuse?.(address)
    done(no ? refusal(no) : null)
  },
  onData: (stream, session, done) => {
    void text(stream).then((raw) => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, said: decoded(raw) })
      done()
    })
  },
})

/** A mail server that keeps what it gets. */
export const startMailServer = async (options: MailServerOptions = {}): Promise<TestMailServer> => {
  const mails: Received[] = []
  const server = new SMTPServer(optionsOf(options, mails))
  server.on('error', () => undefined) // of a connection: the client tells
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  atEnd(close)
  return { port, mails, close }
}

/** Settings for a mail server of this computer. */
export const mailSettings = (port: number, more: Partial<KeptMailSettings> = {}): KeptMailSettings => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  unprotected: false,
  user: '',
  password: '',
  from: 'gallery@example.org',
  url: 'https://photos.example.org',
  ca: '',
  ...more,
})

/** What follows the link of a mail for a purpose. */
export const tokenIn = ({ said }: Received, purpose: 'confirm' | 'stop'): string =>
  new RegExp(`/mail/${purpose}\\?token=([\\w.-]+)`).exec(said)?.[1] ?? ''

/** Whether this machine has Debian's aiosmtpd. */
export const hasAiosmtpd = (): boolean => {
  try {
    return execFileSync('aiosmtpd', ['--version']).length > 0
  } catch {
    return false
  }
}

/** Debian's mail server, which offers STARTTLS and takes no mail without it. It keeps what it gets in a folder of files. */
export const startAiosmtpd = async ({
  cert,
  key,
}: Pair): Promise<{ port: number; mails: () => string[] }> => {
  const [port, folder] = [await freePort(), join(temporaryFolder('cimaise-mailbox-'), 'mail')]
  const tls = ['--tlscert', cert, '--tlskey', key]
  const child = spawn(
    'aiosmtpd',
    ['-n', '-l', `127.0.0.1:${port}`, ...tls, '-c', 'aiosmtpd.handlers.Mailbox', folder],
    { stdio: 'ignore' },
  )
  atEnd(() => void child.kill('SIGTERM'))
  await untilItAnswers(port)
  const box = join(folder, 'new')
  const mails = () => readdirSync(box).map((name) => decoded(readFileSync(join(box, name), 'utf8')))
  return { port, mails }
}
