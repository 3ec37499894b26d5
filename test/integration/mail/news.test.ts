import { expect, test } from 'vitest'
import { hideComment, withdrawComment, writeComment } from '../../../src/core/comments/comments.ts'
import { createShare } from '../../../src/core/access/shares.ts'
import { editAccount } from '../../../src/core/access/accounts.ts'
import { gatherNews, noteImport } from '../../../src/core/mail/gather.ts'
import { sendDue } from '../../../src/core/mail/send.ts'
import { ownMail, setOwnMail } from '../../../src/core/mail/wishes.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import type { Session } from '../../../src/core/gallery/session.ts'
import { describeSelection, pickPhoto } from '../../../src/core/selections/own-selection.ts'
import { addPhotos } from '../../../src/core/library/writing/photo-writer.ts'
import { addAccount, grant, plainClient } from '../../support/accounts.ts'
import { addLink, choosing } from '../../support/links.ts'
import { tokenIn } from '../../support/mail.ts'
import {
  addTold,
  confirm,
  gatherUntilNow,
  mailGallery,
  mailOnce,
  wishes,
} from '../../support/mail-gallery.ts'
import { change, readPhoto } from '../../support/organise.ts'

const say = (session: Session, album: string, photo: string | null, text: string) =>
  writeComment(session, { album, photo, text, spot: null })

let serial = 90_000
const addOne = (session: Session, album: string) => {
  const n = serial++
  return addPhotos(session, album, [{ path: `/photos/more/${n}.jpg`, read: readPhoto(n) }])
}

test('an address is told nothing until the link that was sent there is followed, and then only of what happens from then on', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, gallery } = made
  await mailOnce(made)
  const { session: ana } = await addAccount(gallery, owner, 'ana')
  await grant(owner, 'ana', { [album]: 'read' })
  await setOwnMail(ana, wishes('ana@example.org'))
  await addOne(owner, album)
  await mailOnce(made)
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(1) // the question alone, once
  expect(smtp.mails[0]?.said).not.toContain('Corsica')
  expect(await ownMail(ana)).toMatchObject({ address: 'ana@example.org', state: 'asked' })
  await made.office.obey('confirm', tokenIn(smtp.mails[0] ?? { to: [], raw: '', said: '' }, 'confirm'))
  expect(await ownMail(ana)).toMatchObject({ state: 'confirmed' })
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(1)
  await addOne(owner, album)
  await addOne(owner, album)
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(2)
  const { to, said } = smtp.mails[1] ?? { to: [], said: '' }
  expect(to).toEqual(['ana@example.org'])
  expect(said).toContain('2 new photos in “Corsica”')
  expect(said).toContain(`https://photos.example.org/?album=${album}`)
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(2)
})

test('what came in one burst is one mail, in the language and the order of the kinds, with headers for one click', async () => {
  const made = await mailGallery()
  const { owner, album, photos, smtp, gallery } = made
  const [photo = ''] = photos
  const ana = await addTold(made, 'ana', wishes('ana@example.org', 'now', { language: 'fr' }))
  const { session: rob } = await addAccount(gallery, owner, 'rob', { displayName: 'Rob & <Sons>' })
  await grant(owner, 'ana', { [album]: 'comment' })
  await grant(owner, 'rob', { [album]: 'comment' })
  await say(ana, album, photo, 'The light!')
  await say(rob, album, photo, 'It was <b>early</b>')
  await addOne(owner, album)
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(1)
  const { raw, said } = smtp.mails[0] ?? { raw: '', said: '' }
  expect(said).toContain('1 nouvelle photo dans «\u00a0Corsica\u00a0»')
  expect(said.indexOf('nouvelle photo dans')).toBeLessThan(said.indexOf('> It was <b>early</b>'))
  expect(said).toContain('&#60;b&#62;early')
  expect(said).not.toContain('The light!') // her own words
  expect(raw.replace(/\r\n\s+/g, ' ')).toMatch(
    /^List-Unsubscribe: <https:\/\/photos\.example\.org\/mail\/stop\?token=[\w.-]+>$/m,
  )
  expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
})

test('who may not read an album any more when the mail is sent, or is disabled, is told nothing of it', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, sender } = made
  await addTold(made, 'ana')
  await addTold(made, 'bob')
  await addTold(made, 'cem')
  for (const name of ['ana', 'bob', 'cem']) await grant(owner, name, { [album]: 'read' })
  await addOne(owner, album)
  await gatherUntilNow(sender)
  expect(await sender.redis.exists(sender.keys.mailNews('ana'), sender.keys.mailNews('bob'))).toBe(2)
  await grant(owner, 'ana', { [album]: 'none' })
  await editAccount(owner, { name: 'bob', disabled: true })
  await mailOnce(made)
  expect(smtp.mails.map(({ to }) => to)).toEqual([['cem@example.org']])
  expect(await sender.redis.exists(sender.keys.mailSending('ana'))).toBe(0)
})

test('who may not read an album hears nothing of it in the first place', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, sender } = made
  await addTold(made, 'ana')
  await addOne(owner, album)
  await gatherUntilNow(sender)
  expect(await sender.redis.exists(sender.keys.mailNews('ana'))).toBe(0)
  await grant(owner, 'ana', { [album]: 'read' })
  await mailOnce(made)
  expect(smtp.mails).toEqual([])
})

test('a comment is told to who made the album and who spoke of the same photo, as it is when the mail is sent', async () => {
  const made = await mailGallery()
  const { owner, album, photos, smtp, sender, gallery } = made
  const [photo = '', other = ''] = photos
  await confirm(made, owner, wishes('owner@example.org'))
  const ana = await addTold(made, 'ana')
  await addTold(made, 'bob')
  const { session: eve } = await addAccount(gallery, owner, 'eve')
  for (const name of ['ana', 'bob', 'eve']) await grant(owner, name, { [album]: 'comment' })
  await say(ana, album, photo, 'First')
  await mailOnce(made)
  expect(smtp.mails.splice(0).map(({ to }) => to)).toEqual([['owner@example.org']])
  await say(eve, album, photo, 'Of the same')
  await say(eve, album, other, 'Of another')
  const hidden = await say(eve, album, photo, 'Rude')
  const gone = await say(eve, album, photo, 'A slip')
  await gatherUntilNow(sender)
  await hideComment(owner, { ...hidden, hidden: true })
  await withdrawComment(eve, gone)
  await mailOnce(made)
  const told: Record<string, string> = Object.fromEntries(
    smtp.mails.map(({ to: [address = ''], said }) => [address, said]),
  )
  expect(Object.keys(told).toSorted()).toEqual(['ana@example.org', 'owner@example.org'])
  expect(told['ana@example.org']).toContain('> Of the same')
  expect(told['ana@example.org']).not.toContain('Of another')
  expect(told['owner@example.org']).toContain('> Of another')
  for (const said of Object.values(told)) expect(said).not.toMatch(/Rude|A slip/)
})

test('a link in each mail ends them without a login, for the address that the mail went to alone', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, office } = made
  const ana = await addTold(made, 'ana')
  await grant(owner, 'ana', { [album]: 'read' })
  await addOne(owner, album)
  await mailOnce(made)
  const [mail] = smtp.mails.splice(0)
  const token = mail ? tokenIn(mail, 'stop') : ''
  expect(await office.obey('confirm', token)).toBeNull()
  expect(await office.obey('stop', `${token}x`)).toBeNull()
  await confirm(made, ana, wishes('new@example.org'))
  expect(await office.obey('stop', token)).toBeNull() // who has the old address ends nothing of the new one
  await addOne(owner, album)
  await mailOnce(made)
  const [next] = smtp.mails.splice(0)
  expect(await office.obey('stop', next ? tokenIn(next, 'stop') : '')).toMatchObject({
    address: 'new@example.org',
  })
  expect(await ownMail(ana)).toMatchObject({ state: 'stopped' })
  await addOne(owner, album)
  await mailOnce(made)
  expect(smtp.mails).toEqual([])
  await confirm(made, ana, wishes('new@example.org')) // asked for again by herself
  await addOne(owner, album)
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(1)
})

test('who may read the album is told when a client is done with choosing, unless the list was opened again', async () => {
  const made = await mailGallery()
  const { owner, album, photos, smtp, sender, gallery } = made
  await addTold(made, 'ana')
  await addTold(made, 'bob')
  await grant(owner, 'ana', { [album]: 'read' })
  const [anna, ben] = [
    await addLink(gallery, owner, album, { label: 'Bride', ...choosing(3) }),
    await addLink(gallery, owner, album, { label: 'Groom', ...choosing(3) }),
  ]
  for (const photo of photos.slice(0, 2)) await pickPhoto(anna.visitor, { photo })
  await pickPhoto(ben.visitor, { photo: photos[0] ?? '' })
  await mailOnce(made)
  expect(smtp.mails).toEqual([]) // nobody is done yet
  await describeSelection(anna.visitor, { name: 'Anna Berg', note: 'In <b>colour</b>, please', done: true })
  await describeSelection(ben.visitor, { done: true })
  await gatherUntilNow(sender)
  await describeSelection(ben.visitor, { done: false })
  for (let look = 0; look < 2; look++) await mailOnce(made)
  expect(smtp.mails.map(({ to }) => to)).toEqual([['ana@example.org']])
  const { said = '' } = smtp.mails[0] ?? {}
  expect(said).toContain('Anna Berg is done with choosing in “Corsica”: 2 photos')
  expect(said).toContain('> In <b>colour</b>, please')
  expect(said).toContain(`https://photos.example.org/?album=${album}&chosen=${anna.name}`)
  expect(said).not.toContain('Groom')
  await describeSelection(ben.visitor, { done: true })
  await mailOnce(made)
  expect(smtp.mails.at(-1)?.said).toContain('Groom is done with choosing in “Corsica”: 1 photo')
})

test('a link’s maker is told some days before it ends, once, and again where its end was put off', async () => {
  const made = await mailGallery()
  const { owner, album, smtp } = made
  await confirm(made, owner, wishes('owner@example.org'))
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const share = (name: string, expires: string) =>
    createShare(owner, { name, album, label: 'Lena', key: newKey(), hasPassword: false, expires })
  await share('share~Abcd1234', inDays(2)) // made for less than that: no news
  await share('share~Efgh5678', inDays(9))
  await mailOnce(made)
  expect(smtp.mails).toEqual([])
  const { redis, keys } = owner
  await redis.hset(keys.account('share~Efgh5678'), { created: inDays(-9), expires: inDays(1) })
  for (let look = 0; look < 2; look++) await mailOnce(made)
  expect(smtp.mails.map(({ said }) => said.includes('Your link for Lena to “Corsica” ends on'))).toEqual([
    true,
  ])
  await redis.hset(keys.account('share~Efgh5678'), 'expires', inDays(2))
  await mailOnce(made)
  expect(smtp.mails).toHaveLength(2)
})

test('administrators are told of imports, and others are not', async () => {
  const made = await mailGallery()
  const { owner, smtp, sender } = made
  await confirm(made, owner, wishes('owner@example.org'))
  await addTold(made, 'ana')
  await noteImport(sender, { host: 'attic', added: 12, failed: 1 })
  await noteImport(sender, { host: 'attic', added: 3, failed: 0 })
  await mailOnce(made)
  expect(smtp.mails.map(({ to }) => to)).toEqual([['owner@example.org']])
  expect(smtp.mails[0]?.said).toContain('15 photos were taken in on attic')
  expect(smtp.mails[0]?.said).toContain('1 file could not be read on attic')
})

test('of several servers that look and send at once, one tells each news', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, gallery, settings, links, sender } = made
  for (const name of ['ana', 'bob', 'cem']) {
    await addTold(made, name)
    await grant(owner, name, { [album]: 'read' })
  }
  const senders = [sender, ...(await Promise.all([1, 2, 3].map(() => gallery.service('library'))))]
  for (let round = 0; round < 5; round++) {
    await addOne(owner, album)
    const isThere = () => sender.redis.exists(sender.keys.mailNews('ana'))
    await expect
      .poll(async () => {
        await Promise.all(senders.map((one) => gatherNews(one)))
        return isThere()
      })
      .toBe(1)
    await Promise.all(senders.map((one) => sendDue({ sender: one, settings, links, foldMs: 0 })))
  }
  const counts = Map.groupBy(smtp.mails, ({ to }) => to[0])
  expect([...counts].map(([to, own]) => [to, own.length]).toSorted()).toEqual([
    ['ana@example.org', 5],
    ['bob@example.org', 5],
    ['cem@example.org', 5],
  ])
  expect(smtp.mails.every(({ said }) => said.includes('1 new photo in “Corsica”'))).toBe(true)
})

test('no account reads another’s address, confirms its own, or sees what waits to be sent', async () => {
  const made = await mailGallery()
  const { owner, gallery, sender } = made
  const ana = await addTold(made, 'ana')
  const { key } = await addAccount(gallery, owner, 'eve')
  const eve = await plainClient(gallery, 'eve', key)
  const { keys } = ana
  for (const name of ['ana', 'owner'])
    for (const of of [keys.mailWishes(name), keys.mailbox(name)])
      await expect(eve.hgetall(of)).rejects.toThrow(/NOPERM/)
  for (const of of [
    keys.mailRun,
    keys.mailLog,
    keys.mailNews('eve'),
    keys.mailSending('eve'),
    keys.mailTries,
  ])
    await expect(eve.type(of)).rejects.toThrow(/NOPERM/)
  expect(await eve.hgetall(keys.mailbox('eve'))).toEqual({})
  await expect(eve.hset(keys.mailbox('eve'), 'state', 'confirmed')).rejects.toThrow(/NOPERM/)
  await eve.hset(keys.mailWishes('eve'), {
    state: 'confirmed',
    address: 'not\r\nBcc: all@example.org',
    zone: 'x',
  })
  await mailOnce(made)
  expect(made.smtp.mails).toEqual([])
  await eve.del(keys.mailWishes('eve'))
  await eve.sadd(keys.mailWishes('eve'), 'of another type')
  expect(await mailOnce(made)).toBeNull()
  await expect(sender.redis.hset(keys.mailWishes('eve'), 'address', 'x')).rejects.toThrow(/NOPERM/)
})

test('an account can have no more than five questions a day sent to addresses of its choice', async () => {
  const made = await mailGallery()
  const { owner, gallery, smtp } = made
  const { session: eve } = await addAccount(gallery, owner, 'eve')
  for (let n = 0; n < 8; n++) {
    await setOwnMail(eve, wishes(`victim${n}@example.org`))
    await mailOnce(made)
  }
  expect(smtp.mails).toHaveLength(5)
})

test('an album in the trash is told of to nobody', async () => {
  const made = await mailGallery()
  const { owner, album, smtp, sender } = made
  await addTold(made, 'ana')
  await grant(owner, 'ana', { [album]: 'read' })
  await addOne(owner, album)
  await gatherUntilNow(sender)
  await change(owner, [{ kind: 'delete-album', album }])
  await mailOnce(made)
  expect(smtp.mails).toEqual([])
})
