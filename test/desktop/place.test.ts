import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { DesktopSession } from '../../src/main/desktop-session.ts'
import { aboutFiles, certificatesIn, readCertificate } from '../../src/main/place/certificate-files.ts'
import { inTime } from '../../src/main/place/in-time.ts'
import { desktopPlace } from '../../src/main/place/joining.ts'
import { hasOpenssl, makeAuthority } from '../support/authority.ts'
import { shared } from '../support/shared.ts'
import { temporaryFolder } from '../support/temporary.ts'

// It looks for the real Electron, whatever stands in for it here.
vi.mock('electron-store', () => ({
  default: class {
    store = { joined: null, starts: false }
  },
}))

const noFiles = { ca: null, cert: null, key: null }

describe('where the gallery is', () => {
  const placeOf = (locked: string | null) => desktopPlace({ locked } as unknown as DesktopSession)
  const input = { url: 'redis://photos.example', files: noFiles, sentinelPassword: '' }

  test('stays as it is while the window is locked, as another gallery would be entered without the password', async () => {
    const place = placeOf('ana')
    const refusal = { code: 'FORBIDDEN', text: { id: 'typePassword' } }
    await expect(place.look(input, undefined)).rejects.toMatchObject(refusal)
    await expect(place.leave()).rejects.toMatchObject(refusal)
    await expect(place.setFiles(noFiles, undefined)).rejects.toMatchObject(refusal)
    const login = { gallery: 'a', account: 'ana', key: 'a', remember: false }
    await expect(place.join({ ...input, ...login }, undefined)).rejects.toMatchObject(refusal)
  })

  test('is asked with no file that the user has not chosen', async () => {
    const files = { ...noFiles, ca: '/etc/passwd' }
    await expect(placeOf(null).look({ ...input, files }, undefined)).rejects.toMatchObject({
      code: 'INVALID',
      text: { id: 'fileNotChosen' },
    })
  })
})

describe('what is waited for', () => {
  const url = 'redis://photos.example'
  const never = () => new Promise<string>(() => undefined)

  test('is what comes in time', async () => {
    expect(await inTime(Promise.resolve('a'), { url })).toBe('a')
    await expect(inTime(Promise.reject(new TypeError('a bug')), { url })).rejects.toThrow('a bug')
  })

  test('is said not to answer when it never does', async () => {
    await expect(inTime(never(), { url, withinMs: 1 })).rejects.toMatchObject({
      text: { id: 'joinSilent', blanks: { address: url } },
    })
  })

  test('is undone where it comes after it was broken off', async () => {
    const stop = new AbortController()
    const { promise, resolve } = Promise.withResolvers<string>()
    const late = vi.fn()
    const waiting = inTime(promise, { url, signal: stop.signal, late })
    stop.abort()
    await expect(waiting).rejects.toMatchObject({ text: { id: 'brokenOff' } })
    expect(late).not.toHaveBeenCalled()
    resolve('a')
    await expect.poll(() => late.mock.calls).toEqual([['a']])
  })
})

describe.skipIf(!hasOpenssl())('certificates and keys', () => {
  const made = shared(() => {
    const { ca, issue } = makeAuthority('ours')
    return Promise.resolve({ ca, own: issue('client') })
  })

  test('are read, and told by name and end', () => {
    const { ca, own } = made()
    expect(certificatesIn({ ca, ...own })).toEqual({
      ca: readFileSync(ca, 'utf8'),
      cert: readFileSync(own.cert, 'utf8'),
      key: readFileSync(own.key, 'utf8'),
    })
    expect(aboutFiles({ ca, ...own })).toMatchObject({
      ca: { path: ca, name: 'ours', until: expect.stringMatching(/^\d{4}-/) as string },
      cert: { name: 'client' },
      key: { path: own.key, name: '', until: null },
    })
  })

  test('are refused where a file is of another kind, too large, not there, or without its other half', () => {
    const { ca, own } = made()
    const large = join(temporaryFolder(), 'large.pem')
    writeFileSync(large, readFileSync(ca, 'utf8') + '\n'.repeat(2 ** 20))
    const refused = (id: string) =>
      expect.objectContaining({ code: 'INVALID', text: expect.objectContaining({ id }) as unknown }) as Error
    expect(() => readCertificate('ca', own.key)).toThrow(refused('noCertificate'))
    expect(() => readCertificate('key', own.cert)).toThrow(refused('noPrivateKey'))
    expect(() => readCertificate('ca', large)).toThrow(refused('noCertificate'))
    expect(() => readCertificate('ca', temporaryFolder())).toThrow(refused('noCertificate'))
    expect(() => readCertificate('ca', `${large}.gone`)).toThrow(refused('certificateGone'))
    expect(() => certificatesIn({ ...noFiles, cert: own.cert })).toThrow(refused('certificateAlone'))
  })

  test('that are gone are still told by where they were', () => {
    const { ca } = made()
    expect(aboutFiles({ ...noFiles, ca: `${ca}.gone` }).ca).toEqual({
      path: `${ca}.gone`,
      name: '',
      until: null,
    })
  })
})
