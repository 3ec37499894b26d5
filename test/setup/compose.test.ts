import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openGallery } from '../../src/core/gallery/open-gallery.ts'
import {
  asDefault,
  composeFile,
  healthCheck,
  nodesPassword,
  open,
  path,
  run,
  runScript,
  secret,
  setUpPassword,
  startContainer,
} from '../support/redis/compose.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { freePort, untilItAnswers } from '../support/redis/ports.ts'
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

/** What secrets/desktops_password holds. */
const desktopsPassword = 'for desktops'

/** Sentinels or nodes of a cluster, by the scripts of the containers; each in a folder that stands for its volume. */
const startNode = (
  script: string,
  node: string,
  folder: string,
  settings: string[],
  more: NodeJS.ProcessEnv,
) =>
  runScript(
    script,
    folder,
    {
      CIMAISE_SETUP_PASSWORD_FILE: secret(`${setUpPassword}\n`),
      CIMAISE_NODES_PASSWORD_FILE: secret(`${nodesPassword}\n`),
      CIMAISE_NODE: node,
      TMPDIR: folder,
      ...more,
    },
    settings,
  )

const places = async (count: number, below = 65_536) => {
  const found: string[] = []
  while (found.length < count) {
    const port = await freePort()
    if (port < below && !found.includes(`127.0.0.1:${port}`)) found.push(`127.0.0.1:${port}`)
  }
  return found
}
const portOf = (place = '') => place.split(':')[1] ?? ''

const openSpread = async (url: string) => {
  const gallery = await openGallery({
    env: cleanEnvironment({
      CIMAISE_HOME: temporaryFolder(),
      CIMAISE_REDIS_URL: url,
      CIMAISE_REDIS_PASSWORD_FILE: secret(`${setUpPassword}\n`),
      CIMAISE_SENTINEL_USER: 'sentinel',
      CIMAISE_SENTINEL_PASSWORD_FILE: secret(`${nodesPassword}\n`),
      CIMAISE_ACCOUNT: 'admin',
      CIMAISE_PASSWORD_FILE: secret('chosen by the administrator\n'),
    }),
  })
  onTestFinished(() => gallery.close())
  return gallery
}

describe.skipIf(process.platform !== 'linux')('several servers by the scripts of the containers', () => {
  test('the Sentinels of docker-compose.ha.yml find the servers; a primary without its data waits until another took over', async () => {
    const redis = await places(3)
    const sentinels = await places(3)
    const env = { CIMAISE_PRIMARY: redis[0], CIMAISE_SENTINELS: sentinels.join(' ') }
    const folders = redis.map(() => temporaryFolder())
    const start = (n: number, folder = folders[n] ?? '') =>
      startNode('start.sh', redis[n] ?? '', folder, ['--port', portOf(redis[n]), '--bind', '127.0.0.1'], env)
    const first = start(0)
    for (const n of [1, 2]) start(n)
    for (const place of redis) await untilItAnswers(Number(portOf(place)))
    const desktops = { CIMAISE_DESKTOPS_PASSWORD_FILE: secret(`${desktopsPassword}\n`) }
    for (const place of sentinels)
      startNode('sentinel.sh', place, temporaryFolder(), [], { ...env, ...desktops })
    for (const place of sentinels) await untilItAnswers(Number(portOf(place)))
    const gallery = await openSpread(`redis+sentinel://${sentinels.join(',')}/cimaise`)
    const roles = async () => (await gallery.notes()).map(({ what, detail }) => [what, detail.split(',')[0]])
    const expected = redis
      .toSorted()
      .map((place) => [`Server ${place}`, place === redis[0] ? 'primary' : 'replica'])
    await expect.poll(roles, { timeout: 20_000, interval: 200 }).toEqual(expected)
    expect(readFileSync(join(folders[1] ?? '', 'users.acl'), 'utf8')).toMatch(/^user default off /m)

    const asked = sentinels.map(
      (place) => new Redis({ port: Number(portOf(place)), username: 'sentinel', password: nodesPassword }),
    )
    onTestFinished(() => asked.forEach((sentinel) => sentinel.disconnect()))
    /** How long a server may be silent before another takes over. */
    const allow = (ms: number) =>
      Promise.all(
        asked.map((one) => one.call('SENTINEL', 'SET', 'cimaise', 'down-after-milliseconds', String(ms))),
      )
    await allow(600_000) // none takes over before it was seen to wait for that
    first.child.kill('SIGKILL')
    await first.ended
    const emptied = start(0, temporaryFolder())
    expect(await emptied.ended).toEqual([1, null])
    expect((await emptied.log).join('')).toContain('It waits until another has taken over.')

    await allow(1000)
    const named = async () =>
      Promise.all(asked.map((one) => one.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'cimaise')))
    const others = async () =>
      (await named()).filter((place) => String(place) !== redis[0]?.replace(':', ','))
    await expect.poll(others, { timeout: 40_000, interval: 50 }).not.toEqual([])
    const back = start(0)
    const role = async () => (await roles()).find(([name]) => name === `Server ${redis[0]}`)?.[1]
    await expect.poll(role, { timeout: 30_000, interval: 200 }).toBe('replica')
    // A server that still writes the file of what it was sent refuses to end.
    const end = () => {
      back.child.kill('SIGTERM')
      return back.child.exitCode
    }
    await expect.poll(end, { timeout: 30_000, interval: 200 }).toBe(0)
    // Redis writes M before what it says as a primary.
    expect((await back.log).join('')).not.toMatch(/^\d+:M /m)
  }, 90_000)

  test('desktops ask Sentinels by a password of their own, which puts no other server in charge, and not at all without one', async () => {
    const [place = ''] = await places(1)
    const folder = temporaryFolder()
    // As an earlier version left it.
    const before = `port ${portOf(place)}\nrequirepass ${nodesPassword}\nsentinel monitor cimaise 127.0.0.1 1 2\n`
    writeFileSync(join(folder, 'sentinel.conf'), before)
    const ask = async (password: string, ...command: [string, ...string[]]) => {
      const link = new Redis({
        port: Number(portOf(place)),
        password,
        retryStrategy: null,
        enableReadyCheck: false,
      })
      link.on('error', () => undefined) // the command says it
      return link
        .call(...command)
        .catch(errorText)
        .finally(() => link.disconnect())
    }
    const named = ['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'cimaise'] as [string, ...string[]]
    const closed = startNode('sentinel.sh', place, folder, [], {})
    await untilItAnswers(Number(portOf(place)))
    expect(await ask(nodesPassword, ...named)).toMatch(/^WRONGPASS/)
    closed.child.kill('SIGKILL')
    await closed.ended

    const desktops = { CIMAISE_DESKTOPS_PASSWORD_FILE: secret(`${desktopsPassword}\n`) }
    startNode('sentinel.sh', place, folder, [], desktops)
    await untilItAnswers(Number(portOf(place)))
    expect(await ask(desktopsPassword, ...named)).toEqual(['127.0.0.1', '1'])
    expect(await ask(desktopsPassword, 'SENTINEL', 'FAILOVER', 'cimaise')).toMatch(/^NOPERM/)
    expect(await ask(desktopsPassword, 'SENTINEL', 'CONFIG', 'GET', '*')).toMatch(/^NOPERM/)
    expect(await ask('another one', ...named)).toMatch(/^(WRONGPASS|NOAUTH)/)
    expect(readFileSync(join(folder, 'sentinel.conf'), 'utf8')).not.toMatch(/requirepass|for desktops/)
  })

  test('the servers of docker-compose.cluster.yml become one cluster, in which a server without its data becomes a replica', async () => {
    const redis = await places(6, 55_000)
    const own = ['--bind', '127.0.0.1', '--cluster-enabled', 'yes', '--cluster-node-timeout', '1000']
    const start = (n: number) =>
      startNode('start.sh', redis[n] ?? '', temporaryFolder(), ['--port', portOf(redis[n]), ...own], {})
    const nodes = redis.map((_, n) => start(n))
    for (const place of redis) await untilItAnswers(Number(portOf(place)))
    const folder = temporaryFolder()
    startNode('cluster.sh', '', folder, redis, {})
    const isWhole = () => existsSync(join(folder, 'whole'))
    await expect.poll(isWhole, { timeout: 60_000, interval: 100 }).toBe(true)
    const gallery = await openSpread(`redis+cluster://${redis.join(',')}`)
    const roles = async () => (await gallery.notes()).map(({ detail }) => detail.split(',')[0]).toSorted()
    const halves = [...Array(3).fill('primary'), ...Array(3).fill('replica')] as unknown[]
    await expect.poll(roles, { timeout: 20_000, interval: 200 }).toEqual(halves)

    nodes[0]?.child.kill('SIGKILL')
    await nodes[0]?.ended
    await expect.poll(isWhole, { timeout: 30_000, interval: 100 }).toBe(false)
    start(0)
    await expect.poll(isWhole, { timeout: 60_000, interval: 100 }).toBe(true)
    await expect.poll(roles, { timeout: 30_000, interval: 300 }).toEqual(halves)
  }, 180_000)
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

test('a Sentinel of docker-compose.ha.yml waits for the name of a Redis that has gone shorter than makes it call nothing down', () => {
  // Two seconds: SENTINEL_TILT_TRIGGER of Redis.
  expect(composeFile('docker-compose.ha.yml')).toMatch(
    /^x-confined:[^]*?^ {2}dns_opt: \['timeout:1', 'attempts:1'\]$/m,
  )
})

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

describe.each(['ha', 'cluster'])('docker-compose.%s.desktops.yml', (kind) => {
  const override = composeFile(`docker-compose.${kind}.desktops.yml`)
  /** Where each node tells others that it is: `redis-1:6379`. */
  const told = [...composeFile(`docker-compose.${kind}.yml`).matchAll(/^ +CIMAISE_NODE: (.*)$/gm)].map(
    ([, node = '']) => node,
  )

  test('publishes each Redis and Sentinel with the port that it tells others, on this computer alone until that is changed', () => {
    const published = [...override.matchAll(/^ {2}([\w-]+):\n {4}ports: \['(.*)'\]$/gm)].map(
      ([, name, port]) => `${name} ${port}`,
    )
    const expected = told.map((node) => {
      const [, name = '', n = '', port = ''] = /^(\w+-(\d)):(\d+)$/.exec(node) ?? []
      return `${name} \${CIMAISE_ADDRESS_${n}:-127.0.0.${n}}:${port}:${port}`
    })
    expect(told).toHaveLength(6)
    expect(published).toEqual(expected)
    expect(override.match(/ports:/g)).toHaveLength(6)
  })

  test('changes nothing else but what desktops ask Sentinels with', () => {
    const keys = [...override.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key)
    const others = kind === 'ha' ? ['secrets', 'environment'] : []
    expect(new Set(keys)).toEqual(new Set(['ports', ...others, ...(kind === 'ha' ? ['file'] : [])]))
    for (const [, name, value] of override.matchAll(/^ +(\w*PASSWORD\w*): (.*)$/gm))
      expect(`${name} ${value}`).toBe('CIMAISE_DESKTOPS_PASSWORD_FILE /run/secrets/desktops_password')
  })
})
