import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { hasOpenssl } from '../../support/authority.ts'
import { cimaise } from '../../support/cli.ts'
import { cleanEnvironment } from '../../support/gallery.ts'
import { freePort } from '../../support/redis/ports.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** A Redis with a TLS port beside its plain one, and a certificate for a name that signs itself. */
const startTls = async (name: string) => {
  const folder = temporaryFolder()
  const [cert, key] = [join(folder, 'redis.crt'), join(folder, 'redis.key')]
  const args = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  execFileSync('openssl', [...args, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
  const tlsPort = await freePort()
  const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', cert]
  const { port } = await startRedis('--tls-port', String(tlsPort), '--tls-auth-clients', 'no', ...files)
  return { port, tlsPort, cert }
}

const environment = (url: string, more: NodeJS.ProcessEnv = {}) =>
  cleanEnvironment({
    CIMAISE_HOME: temporaryFolder('cimaise-home-'),
    CIMAISE_REDIS_URL: url,
    CIMAISE_ACCOUNT: 'ana',
    CIMAISE_PASSWORD: 'correct horse',
    ...more,
  })

const refused = (why: RegExp) => ({ code: 'UNAVAILABLE', message: expect.stringMatching(why) as string })

test.skipIf(!hasOpenssl())(
  'TLS: a certificate that no authority vouches for, and a port of the other kind, are refused in words that say what to do',
  async () => {
    const { port, tlsPort, cert } = await startTls('localhost')
    await expect(openGallery({ env: environment(`rediss://localhost:${tlsPort}`) })).rejects.toMatchObject(
      refused(/at localhost:\d+ \(TLS\): its TLS certificate is signed by itself.*CIMAISE_REDIS_CA/),
    )
    await expect(openGallery({ env: environment(`redis://localhost:${tlsPort}`) })).rejects.toMatchObject(
      refused(/it speaks TLS there\. Write rediss:/),
    )
    await expect(openGallery({ env: environment(`rediss://localhost:${port}`) })).rejects.toMatchObject(
      refused(/does not speak TLS there.*Write redis:/),
    )
    const trusting = environment(`rediss://localhost:${tlsPort}`, { NODE_EXTRA_CA_CERTS: cert })
    expect(await cimaise(trusting, 'whoami')).toMatchObject({ code: 0, err: '' })
  },
  20_000,
)

test.skipIf(!hasOpenssl())(
  'TLS: a certificate for another name is refused, and the name is asked for',
  async () => {
    const { tlsPort, cert } = await startTls('photos.example')
    const trusting = environment(`rediss://localhost:${tlsPort}`, { NODE_EXTRA_CA_CERTS: cert })
    const { code, err } = await cimaise(trusting, 'whoami')
    expect(code).toBe(1)
    expect(err).toMatch(
      /certificate is for another name\. Put the name that the certificate has into CIMAISE_REDIS_URL/,
    )
  },
)
