import { expect, test } from 'vitest'
import { deriveKey } from '../../../src/core/gallery/credentials.ts'
import { newKey } from '../../../src/core/redis/server/secrets.ts'
import { newOperationId } from '../../../src/shared/domain/random-ids.ts'
import { clientOf, type Client } from '../../support/client.ts'
import { startMailServer, tokenIn, type TestMailServer } from '../../support/mail.ts'
import { wishes } from '../../support/mail-gallery.ts'
import { spreadSettings, startSentinels } from '../../support/redis/spread.ts'
import { logInAs, startServer, type TestServer } from '../../support/server.ts'

const mailTo = async ({ mails }: TestMailServer, address: string, holds: string) => {
  const found = () => mails.filter(({ to, said }) => to[0] === address && said.includes(holds))
  await expect.poll(() => found().length, { timeout: 30_000 }).toBeGreaterThan(0)
  return found()
}

/** Two servers of one gallery that send by the same mail server, and clients of an administrator and of a member. */
const setUp = async () => {
  const [smtp, { url }] = [await startMailServer(), await startSentinels()]
  const settings = {
    ...spreadSettings(url),
    CIMAISE_SMTP_HOST: '127.0.0.1',
    CIMAISE_SMTP_PORT: String(smtp.port),
    CIMAISE_SMTP_SECURITY: 'none',
    CIMAISE_MAIL_FROM: 'gallery@example.org',
    CIMAISE_MAIL_WAIT: '0',
    CIMAISE_PUBLIC_URL: 'https://photos.example.org',
  }
  const [a, b] = [await startServer([], settings), await startServer([], settings)]
  const { gallery } = await clientOf(a).gallery.session()
  const root = clientOf(a, await logInAs(a, 'root', await deriveKey(gallery.id, 'root', 'correct horse')))
  const key = newKey()
  await root.accounts.create({ name: 'ana', role: 'member', canCreateAlbums: false, key })
  const ana = clientOf(b, await logInAs(b, 'ana', key))
  return { smtp, a, b, root, ana }
}

test(
  'two servers tell each news once, and the links of a mail work at either of them without a login',
  { timeout: 180_000 },
  async () => {
    const { smtp, a, b, root, ana } = await setUp()
    const made = await root.changes.apply({
      act: newOperationId(),
      changes: [{ kind: 'create-album', title: 'Corsica' }],
    })
    const album = made.album ?? ''
    await root.rights.set({
      act: newOperationId(),
      changes: [{ subject: 'account:ana', album, right: 'comment' }],
    })
    const say = (client: Client, text: string) => client.comments.write({ album, photo: null, text })
    for (const [client, name] of [
      [root, 'root'],
      [ana, 'ana'],
    ] as const) {
      const address = `${name}@example.org`
      await client.mail.setMine(wishes(address))
      const [asked] = await mailTo(smtp, address, `account ${name}`)
      const link = `${b.origin}/mail/confirm?token=${asked ? tokenIn(asked, 'confirm') : ''}`
      // What was sent is noted once the mail server has it.
      await expect.poll(async () => (await client.mail.mine()).state, { timeout: 30_000 }).toBe('asked')
      const page = await fetch(link)
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post"')])
      expect((await client.mail.mine()).state).toBe('asked') // to look at a link confirms nothing
      expect((await fetch(link, { method: 'POST' })).status).toBe(200)
      expect(await client.mail.mine()).toMatchObject({ state: 'confirmed', sends: true })
    }
    await say(ana, 'The light!')
    await mailTo(smtp, 'root@example.org', 'The light!')
    await say(ana, 'And the sea!')
    const [mail] = await mailTo(smtp, 'root@example.org', 'And the sea!')
    const saying = (text: string) => smtp.mails.filter(({ said }) => said.includes(`> ${text}`)).length
    expect([saying('The light!'), saying('And the sea!')]).toEqual([1, 1])
    const stop = `/mail/stop?token=${mail ? tokenIn(mail, 'stop') : ''}`
    const click = (server: TestServer, path: string) =>
      fetch(server.origin + path, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      })
    expect((await click(b, `${stop}x`)).status).toBe(404)
    expect((await click(b, stop)).status).toBe(200)
    expect((await root.mail.mine()).state).toBe('stopped')
    await say(ana, 'Nobody hears this')
    await say(root, 'Ana hears this')
    await mailTo(smtp, 'ana@example.org', 'Ana hears this')
    expect(saying('Nobody hears this')).toBe(0)
    expect(await clientOf(a).mail.mine().catch(String)).toMatch(/Only accounts/)
  },
)
