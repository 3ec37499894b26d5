import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAlbum } from '../../../src/core/albums/create-album.ts'
import { listAlbums } from '../../../src/core/albums/albums.ts'
import { asJoined, lookForGallery } from '../../../src/core/gallery/joined.ts'
import { openGallery } from '../../../src/core/gallery/open-gallery.ts'
import { parseRedisUrl } from '../../../src/core/redis/address.ts'
import { galleryKeys } from '../../../src/core/redis/keys.ts'
import { findServer } from '../../../src/core/redis/server/process.ts'
import { hasOpenssl, makeAuthority, type Pair } from '../../support/authority.ts'
import { freePort, untilItAnswers } from '../../support/redis/ports.ts'
import { startRedis } from '../../support/redis/redis.ts'
import { spreadPassword, until } from '../../support/redis/nodes.ts'
import { spreadEnvironment } from '../../support/redis/spread.ts'
import { temporaryFolder } from '../../support/temporary.ts'

/** Settings of a server that lets only clients with a certificate of the authority in. */
const secured = (ca: string, { cert, key }: Pair) => [
  ...['--tls-cert-file', cert, '--tls-key-file', key, '--tls-ca-cert-file', ca, '--tls-auth-clients', 'yes'],
  ...['--requirepass', spreadPassword, '--masterauth', spreadPassword, '--tls-replication', 'yes'],
]

/** A server with a TLS port, and a plain one by which the test looks at it. */
const startNode = async (files: string[], ...more: string[]) => {
  const tlsPort = await freePort()
  const { port } = await startRedis('--tls-port', String(tlsPort), ...files, ...more)
  const redis = new Redis({ port, password: spreadPassword })
  onTestFinished(() => redis.disconnect())
  return { tlsPort, redis }
}

const startSingle = async (files: string[]) => `rediss://127.0.0.1:${(await startNode(files)).tlsPort}`

const startWatched = async (files: string[]) => {
  const { tlsPort: primary } = await startNode(files)
  const replica = await startNode(files, '--replicaof', `127.0.0.1 ${primary}`)
  const [port, tlsPort, directory] = [
    await freePort(),
    await freePort(),
    temporaryFolder('cimaise-sentinel-'),
  ]
  const file = join(directory, 'sentinel.conf')
  writeFileSync(
    file,
    `sentinel monitor gallery 127.0.0.1 ${primary} 1\nsentinel auth-pass gallery "${spreadPassword}"\n`,
  )
  const own = ['--bind', '127.0.0.1', '--port', String(port), '--tls-port', String(tlsPort)]
  const tls = [...files.slice(0, 8), '--tls-replication', 'yes']
  const child = spawn(findServer(), [file, '--sentinel', ...own, ...tls], { stdio: 'ignore', cwd: directory })
  onTestFinished(() => void child.kill('SIGKILL'))
  await untilItAnswers(port)
  await until('the replica follows', async () =>
    (await replica.redis.info('replication')).includes('master_link_status:up'),
  )
  return `rediss+sentinel://127.0.0.1:${tlsPort}/gallery`
}

const startPrimaries = async (files: string[]) => {
  const cluster = ['--cluster-enabled', 'yes', '--tls-cluster', 'yes']
  const nodes = await Promise.all([0, 1, 2].map(() => startNode(files, ...cluster)))
  const slots = ['0 5460', '5461 10922', '10923 16383']
  for (const [n, { redis, tlsPort }] of nodes.entries()) {
    await redis.call('CLUSTER', 'ADDSLOTSRANGE', ...(slots[n] ?? '').split(' '))
    await nodes[0]?.redis.call('CLUSTER', 'MEET', '127.0.0.1', String(tlsPort))
  }
  await until('the cluster is whole', async () => {
    const states = await Promise.all(nodes.map(({ redis }) => redis.call('CLUSTER', 'INFO')))
    return states.every((text) => /cluster_state:ok/.test(String(text)))
  })
  return `rediss+cluster://${nodes.map(({ tlsPort }) => `127.0.0.1:${tlsPort}`).join(',')}`
}

const refused = (why: RegExp) => ({ code: 'UNAVAILABLE', message: expect.stringMatching(why) as string })

const kinds: [string, (files: string[]) => Promise<string>][] = [
  ['one server', startSingle],
  ['Sentinels', startWatched],
  ['a cluster', startPrimaries],
]

describe.skipIf(!hasOpenssl())('TLS by an authority of one’s own', () => {
  test.for(kinds)(
    'with %s a gallery opens by certificates in files, and says which of them is missing or wrong',
    { timeout: 60_000 },
    async ([, start]) => {
      const { ca, issue } = makeAuthority('ours')
      const [own, stranger] = [issue('client'), makeAuthority('theirs').issue('client')]
      const url = await start(secured(ca, issue('server')))
      const files = { CIMAISE_REDIS_CA: ca, CIMAISE_REDIS_CERT: own.cert, CIMAISE_REDIS_KEY: own.key }
      const gallery = await openGallery({ env: spreadEnvironment(url, files) })
      onTestFinished(() => gallery.close())
      const self = await gallery.self()
      await createAlbum(self, { title: 'Corsica' })
      expect((await listAlbums(self)).map(({ title }) => title)).toEqual(['Corsica'])

      // A desktop that joins it looks first, by the same files.
      const read = (file: string) => readFileSync(file, 'utf8')
      const certificates = { ca: read(ca), cert: read(own.cert), key: read(own.key) }
      const look = (given: typeof certificates | object) =>
        asJoined(() => lookForGallery({ ...parseRedisUrl(url), certificates: given }, galleryKeys('cimaise')))
      expect(await look(certificates)).toBe(gallery.id)
      await expect(look({ ...certificates, ca: read(stranger.cert) })).rejects.toMatchObject({
        text: { id: 'redisRefused', blanks: { why: { id: 'joinUntrusted' } } },
      })

      const attempt = (more: NodeJS.ProcessEnv) =>
        openGallery({ env: spreadEnvironment(url, { ...files, ...more }) })
      await expect(attempt({ CIMAISE_REDIS_CERT: '', CIMAISE_REDIS_KEY: '' })).rejects.toMatchObject(
        refused(/only clients with a certificate in.*CIMAISE_REDIS_CERT/),
      )
      await expect(
        attempt({ CIMAISE_REDIS_CERT: stranger.cert, CIMAISE_REDIS_KEY: stranger.key }),
      ).rejects.toMatchObject(refused(/does not trust the certificate in CIMAISE_REDIS_CERT/))
      await expect(attempt({ CIMAISE_REDIS_CA: '' })).rejects.toMatchObject(
        refused(/authority that this computer does not know.*CIMAISE_REDIS_CA/),
      )
      await expect(attempt({ CIMAISE_REDIS_KEY: stranger.key })).rejects.toMatchObject(
        refused(/does not belong to the certificate/),
      )
      await expect(attempt({ CIMAISE_REDIS_CERT: join(ca, '..', 'names') })).rejects.toMatchObject(
        refused(/no certificate or key in PEM form/),
      )
    },
  )
})
