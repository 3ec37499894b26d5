import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import {
  asDefault,
  composeFile,
  healthCheck,
  open,
  path,
  run,
  secret,
  startContainer,
} from '../support/compose.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { errorText } from '../../src/shared/errors.ts'

const megabyte = 1024 * 1024

// The container is a Linux; its script uses sha256sum, which other systems may lack.
describe.skipIf(process.platform !== 'linux')('the Redis of docker-compose.yml', () => {
  test('keeps data and accounts when its container is replaced, and makes its ACL file once', async () => {
    const volume = temporaryFolder()
    const first = await startContainer(volume)
    expect(readFileSync(join(volume, 'users.acl'), 'utf8')).toMatch(
      /^user default on #[0-9a-f]{64} ~\* &\* \+@all\nuser HEALTH on nopass -@all \+ping\n$/,
    )
    const gallery = await open(first.port)
    const { redis, identity } = await gallery.self()
    expect(identity.administrator).toBe(true)
    await redis
      .multi()
      .hset(gallery.keys.albumInfo('Test'), 'title', 'Kept')
      .sadd(gallery.keys.albums, 'Test')
      .exec()
    await gallery.close()
    await first.stop()
    const accounts = readFileSync(join(volume, 'users.acl'), 'utf8')
    expect(accounts).toMatch(/^user admin on /m)

    const second = await startContainer(volume)
    expect(readFileSync(join(volume, 'users.acl'), 'utf8')).toBe(accounts)
    const again = await open(second.port)
    expect(again.id).toBe(gallery.id)
    expect(await (await again.self()).redis.hget(again.keys.albumInfo('Test'), 'title')).toBe('Kept')
  })

  test('keeps what it has acknowledged when it is killed', async () => {
    const volume = temporaryFolder()
    const first = await startContainer(volume)
    const redis = await asDefault(first.port)
    await redis.multi().set('a', '1').set('b', '2').exec()
    await first.kill()
    const second = await startContainer(volume)
    const after = await asDefault(second.port)
    expect(await after.mget('a', 'b')).toEqual(['1', '2'])
  })

  test('lets no account in with the first password once there is an administrator', async () => {
    const { port } = await startContainer(temporaryFolder())
    await open(port)
    await expect(asDefault(port)).rejects.toThrow(expect.objectContaining({ code: 'FORBIDDEN' }))
  })

  test('runs with the settings that design asks for, within the memory that it has', async () => {
    const { port } = await startContainer(temporaryFolder())
    const redis = await asDefault(port)
    const setting = async (name: string) => ((await redis.config('GET', name)) as [string, string])[1]
    const wanted = {
      appendonly: 'yes',
      'maxmemory-policy': 'volatile-lru',
      'maxmemory-clients': String(256 * megabyte),
      'proto-max-bulk-len': String(8 * megabyte),
      'client-query-buffer-limit': String(64 * megabyte),
      'tcp-keepalive': '60',
      'hash-max-listpack-value': '1024',
      'hash-max-listpack-entries': '64',
    }
    for (const [name, value] of Object.entries(wanted))
      expect([name, await setting(name)]).toEqual([name, value])
    expect(await setting('client-output-buffer-limit')).toMatch(
      new RegExp(`^normal ${256 * megabyte} ${64 * megabyte} 60 `),
    )
    const memory = Number(await setting('maxmemory'))
    expect(memory).toBeGreaterThan(0)
    expect(memory).toBeLessThanOrEqual(0.6 * totalmem())
  })

  test('is healthy before there is an administrator and after, and not while a script keeps it busy', async () => {
    const { port } = await startContainer(temporaryFolder(), '--busy-reply-threshold', '50')
    const health = () => spawnSync('sh', ['-c', healthCheck(port)], { env: { PATH: path() } }).status
    expect(health()).toBe(0)
    const [busy, free] = [await asDefault(port), await asDefault(port)]
    const ended = busy.eval('while true do end', 0).catch(errorText)
    await expect.poll(health, { interval: 20 }).toBe(1)
    await free.script('KILL')
    expect(await ended).toContain('killed')
    await open(port)
    expect(health()).toBe(0)
  })

  test('adds the user of the health check to the accounts of a volume from before there was one', async () => {
    const volume = temporaryFolder()
    writeFileSync(join(volume, 'users.acl'), 'user default on nopass ~* &* +@all\n')
    const { port } = await startContainer(volume)
    expect(spawnSync('sh', ['-c', healthCheck(port)], { env: { PATH: path() } }).status).toBe(0)
    expect(readFileSync(join(volume, 'users.acl'), 'utf8')).toMatch(
      /^user default on nopass .*\nuser HEALTH /,
    )
  })

  test('says what it needs where the first password is missing', async () => {
    const volume = temporaryFolder()
    const { ended, log } = run(volume, secret('\n'))
    expect(await ended).toEqual([1, null])
    expect((await log).join('')).toContain('The first start needs a password in secrets/setup_password')
    expect(readdirSync(volume)).toEqual([])
  })
})

test('a password whose file is not there, or that is told twice, is a failure in words', async () => {
  const start = (more: NodeJS.ProcessEnv) =>
    openGallery({
      env: cleanEnvironment({ CIMAISE_REDIS_URL: 'redis://127.0.0.1:1', CIMAISE_ACCOUNT: 'admin', ...more }),
    })
  await expect(start({ CIMAISE_PASSWORD_FILE: '/nowhere/at/all' })).rejects.toThrow(
    'The file /nowhere/at/all, which CIMAISE_PASSWORD_FILE names, is not there.',
  )
  await expect(start({ CIMAISE_PASSWORD_FILE: secret('a'), CIMAISE_PASSWORD: 'b' })).rejects.toThrow(
    'CIMAISE_PASSWORD and CIMAISE_PASSWORD_FILE are both set. Set one of them.',
  )
})

const composeFiles: [string, { ports: string[]; passwords: string[] }][] = [
  [
    'docker-compose.yml',
    {
      ports: ['127.0.0.1:8420:8420'],
      passwords: [
        'CIMAISE_SETUP_PASSWORD_FILE /run/secrets/setup_password',
        'CIMAISE_REDIS_PASSWORD_FILE /run/secrets/setup_password',
        'CIMAISE_PASSWORD_FILE /run/secrets/admin_password',
      ],
    },
  ],
  ...['docker-compose.ha.yml', 'docker-compose.cluster.yml'].map(
    (name): [string, { ports: string[]; passwords: string[] }] => [
      name,
      {
        ports: ['${CIMAISE_HTTPS:-127.0.0.1:8443}:8443'],
        passwords: [
          'CIMAISE_SETUP_PASSWORD_FILE /run/secrets/setup_password',
          'CIMAISE_NODES_PASSWORD_FILE /run/secrets/nodes_password',
          'CIMAISE_REDIS_PASSWORD_FILE /run/secrets/setup_password',
          ...(name.includes('.ha.') ? ['CIMAISE_SENTINEL_PASSWORD_FILE /run/secrets/nodes_password'] : []),
          'CIMAISE_PASSWORD_FILE /run/secrets/admin_password',
        ],
      },
    ],
  ),
]

describe.each(composeFiles)('%s', (name, { ports, passwords }) => {
  const compose = composeFile(name)
  /** The text of what is defined at one depth: `  redis:` with all that stands below. */
  const blocks = (head: RegExp) =>
    [...compose.matchAll(head)].map(({ index, 0: first }) => {
      const rest = compose.slice(index + first.length)
      const depth = /^ */.exec(first)?.[0].length ?? 0
      const end = rest.search(new RegExp(`^ {0,${depth}}\\S`, 'm'))
      return first + (end < 0 ? rest : rest.slice(0, end))
    })
  const anchors = new Map(
    blocks(/^x-[\w-]+: &\w+\n/gm).map((block) => [/&(\w+)/.exec(block)?.[1] ?? '', block]),
  )
  /** A service with what it takes over from others. */
  const whole = (block: string): string =>
    block.replace(/<<: \*(\w+)/g, (all, anchor: string) => all + whole(anchors.get(anchor) ?? ''))
  const [services = ''] = blocks(/^services:\n/gm)
  const servicesOf = services.split(/^(?= {2}[\w-]+:\n)/m).slice(1)

  test('publishes nothing beyond this computer', () => {
    const found = [...compose.matchAll(/^\s*- '([^']*:\d+)'$/gm)].map(([, port]) => port)
    expect(found).toEqual(ports)
  })

  test('keeps passwords in files, out of the environment and out of URLs', () => {
    const named = [...compose.matchAll(/^ +(\w*PASSWORD\w*): (.*)$/gm)].map(
      ([, key, value]) => `${key} ${value}`,
    )
    expect([...new Set(named)].toSorted()).toEqual(passwords.toSorted())
    expect(compose).not.toMatch(/redis[+\w]*:\/\/[^\s]*@/)
    expect(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')).not.toMatch(/PASSWORD/)
  })

  test('gives each service no more than it needs', () => {
    expect(servicesOf.length).toBeGreaterThan(1)
    for (const service of servicesOf.map(whole))
      for (const rule of [
        'read_only: true',
        'cap_drop: [ALL]',
        "security_opt: ['no-new-privileges:true']",
        'max-size',
        'mem_limit:',
        'pids_limit:',
        'healthcheck:',
      ])
        expect(service).toContain(rule)
  })

  test('keeps what its servers write on volumes that outlive them, each on its own', () => {
    const [kept = ''] = blocks(/^volumes:\n/gm)
    const data = servicesOf
      .filter((service) => /^ {2}(redis|sentinel)/.test(service))
      .map((service) => /- ([\w-]+):\/data\n/.exec(service)?.[1])
    expect(new Set(data).size).toBe(data.length)
    for (const volume of data) expect(kept).toContain(`\n  ${volume}:\n`)
  })
})
