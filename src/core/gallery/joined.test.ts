import { describe, expect, it } from 'vitest'
import { GalleryError } from '../../shared/errors.ts'
import { asJoined, isForSentinelPassword, joinedHome, parseTypedAddress } from './joined.ts'

const said = (error: GalleryError) =>
  asJoined(() => Promise.reject(error)).catch((thrown: unknown) => (thrown as GalleryError).text)

describe('what a gallery that was joined refuses', () => {
  it('names no setting of the environment', async () => {
    const blanks = { address: 'photos.example:6379' }
    expect(await said(new GalleryError('UNAVAILABLE', 'redisUnreachable', blanks))).toEqual({
      id: 'joinUnreachable',
      blanks,
    })
  })

  it('says so in the reason within it, too', async () => {
    const why = { id: 'tlsUntrusted', blanks: { certificate: { id: 'tlsSelfSigned' } } } as const
    const text = await said(new GalleryError('UNAVAILABLE', 'redisRefused', { address: 'a', why }))
    expect(text).toMatchObject({ id: 'redisRefused', blanks: { why: { id: 'joinUntrusted' } } })
  })

  it('does not ask for another authority where a certificate is out of date', async () => {
    const why = { id: 'tlsUntrusted', blanks: { certificate: { id: 'tlsExpired' } } } as const
    const text = await said(new GalleryError('UNAVAILABLE', 'redisRefused', { address: 'a', why }))
    expect(text).toMatchObject({ blanks: { why: { id: 'joinOutOfDate' } } })
  })

  it('is told apart where all that is missing is the right password of the Sentinels', async () => {
    const ofWhy = async (id: 'sentinelsWantLogin' | 'sentinelsRefuseLogin' | 'tlsSpoken') =>
      said(new GalleryError('UNAVAILABLE', 'redisRefused', { address: 'a', why: { id } }))
    expect(isForSentinelPassword(await ofWhy('sentinelsWantLogin'))).toBe(true)
    expect(isForSentinelPassword(await ofWhy('sentinelsRefuseLogin'))).toBe(true)
    expect(isForSentinelPassword(await ofWhy('tlsSpoken'))).toBe(false)
  })

  it('is left as it is where it is no refusal of ours', async () => {
    const bug = new TypeError('a bug')
    await expect(asJoined(() => Promise.reject(bug))).rejects.toBe(bug)
  })
})

describe('an address that a user typed', () => {
  it('is any that the program knows', () => {
    expect(parseTypedAddress('rediss+sentinel://a,b,c/cimaise')).toMatchObject({
      kind: 'sentinel',
      tls: true,
      primary: 'cimaise',
    })
  })

  it('takes a password for Sentinels, and for nobody else', () => {
    const login = { username: 'default', password: 'a word' }
    expect(parseTypedAddress('redis+sentinel://a/cimaise', 'a word')).toMatchObject({ sentinelLogin: login })
    expect(parseTypedAddress('redis+sentinel://a/cimaise', '')).not.toHaveProperty('sentinelLogin')
    expect(parseTypedAddress('redis://a', 'a word')).not.toHaveProperty('sentinelLogin')
  })

  it.each(['redis://ana:secret@host', 'redis://:secret@host', 'redis://ana@host'])(
    'holds no login, as %s does',
    (url) => expect(() => parseTypedAddress(url)).toThrow(/^(?!.*secret).*Leave name and password out/),
  )
})

it('each joined gallery has a data folder of its own below that of the computer, whatever its id is', () => {
  const homes = ['../../elsewhere', '0123456789abcdef01234567'].map((id) =>
    joinedHome({ CIMAISE_HOME: '/home/ana/gallery' }, id),
  )
  expect(new Set(homes).size).toBe(2)
  for (const home of homes) expect(home).toMatch(/^\/home\/ana\/gallery\/joined\/[0-9a-f]{24}$/)
})
