import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasOpenssl, makeAuthority } from '../support/authority.ts'
import { cleanEnvironment } from '../support/gallery.ts'
import { anaPassword, foundForAna } from '../support/redis/joined.ts'
import { freePort } from '../support/redis/ports.ts'
import { startRedis } from '../support/redis/redis.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { sidebar } from '../support/window.ts'
import { openDesktop, type Desktop } from './launch.ts'

/** A gallery in a Redis that speaks TLS by an authority of its own, and lets only computers with a certificate in. */
const serveSecured = async () => {
  const { ca, issue } = makeAuthority('ours')
  const [server, own] = [issue('server'), issue('client')]
  const tlsPort = await freePort()
  const files = ['--tls-cert-file', server.cert, '--tls-key-file', server.key, '--tls-ca-cert-file', ca]
  await startRedis('--tls-port', String(tlsPort), '--tls-auth-clients', 'yes', ...files)
  const url = `rediss://127.0.0.1:${tlsPort}`
  await foundForAna(
    cleanEnvironment({
      CIMAISE_HOME: temporaryFolder('cimaise-home-'),
      CIMAISE_REDIS_URL: url,
      CIMAISE_ACCOUNT: 'root',
      CIMAISE_PASSWORD: 'of an administrator',
      CIMAISE_REDIS_CA: ca,
      CIMAISE_REDIS_CERT: own.cert,
      CIMAISE_REDIS_KEY: own.key,
    }),
  )
  return { url, ca, own }
}

const choose = async (desktop: Desktop, page: Page, what: string, file: string) => {
  await desktop.wish('choose folders next', [file])
  await page.getByRole('button', { name: `Choose: ${what}` }).click()
  await page.getByText(basename(file)).first().waitFor() // it is read before it counts
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

test.skipIf(!hasOpenssl())(
  'certificates are chosen where the server asks for them, kept for the next start, and changed only for such that work',
  async () => {
    const { url, ca, own } = await serveSecured()
    const stranger = makeAuthority('theirs')
    const home = temporaryFolder()
    const desktop = await openDesktop({ home })
    const page = await desktop.page()
    await page.getByRole('button', { name: 'A gallery that is there already' }).click()
    const dialog = page.getByRole('dialog', { name: 'Where is the gallery?' })
    await dialog.getByLabel('Address').fill(url)
    await dialog.getByLabel('Account').fill('ana')
    await dialog.getByLabel('Password').fill(anaPassword)
    const submit = dialog.getByRole('button', { name: 'Join', exact: true })
    const alert = dialog.getByRole('alert')

    await submit.click()
    await alert.getByText(/signed by an authority that this computer does not know\. Choose/).waitFor()
    await expect.poll(() => focused(page)).toBe('choose-ca')
    const noise = join(temporaryFolder(), 'noise.pem')
    writeFileSync(noise, 'no certificate')
    await choose(desktop, page, 'Authority of the server', noise)
    await alert.getByText(/noise\.pem holds no certificate in PEM form/).waitFor()
    await choose(desktop, page, 'Authority of the server', ca)
    await dialog.getByText(/^ours, until /).waitFor()
    await submit.click()
    await alert.getByText(/lets only computers with a certificate in/).waitFor()
    await expect.poll(() => focused(page)).toBe('choose-cert')
    await choose(desktop, page, 'Certificate of this computer', own.cert)
    await submit.click()
    await alert.getByText('belong together').waitFor()
    await choose(desktop, page, 'Its key', own.key)
    await submit.click()
    // Where it fails, what the dialog says is told.
    const seen = async () => [...(await sidebar(page)), ...(await alert.allInnerTexts())]
    await expect.poll(seen, { timeout: 60_000 }).toEqual(['Corsica 0'])
    await desktop.quit()

    const again = await openDesktop({ home })
    const next = await again.page()
    await expect.poll(() => sidebar(next)).toEqual(['Corsica 0'])
    const showFiles = async () => {
      await next.keyboard.press('Control+,')
      await next.getByRole('button', { name: 'Redis', exact: true }).click()
    }
    await showFiles()
    await next.getByText('client, until').waitFor()
    await choose(again, next, 'Authority of the server', stranger.ca)
    await next.getByRole('button', { name: 'Try and take' }).click()
    await next
      .getByRole('alert')
      .getByText(/authority that this computer does not know/)
      .waitFor()
    await next.getByRole('button', { name: 'Leave as it was' }).click()
    await next.getByText(/^ours, until /).waitFor()
    // A bundle of both is trusted as each of them.
    const both = join(temporaryFolder(), 'both.pem')
    writeFileSync(both, [stranger.ca, ca].map((file) => readFileSync(file, 'utf8')).join(''))
    await choose(again, next, 'Authority of the server', both)
    await next.getByText(/^theirs, until /).waitFor()
    await next.getByRole('button', { name: 'Try and take' }).click()
    // The page is another one then.
    await next.getByRole('button', { name: 'Try and take' }).waitFor({ state: 'detached' })
    await expect.poll(() => sidebar(next)).toEqual(['Corsica 0'])
    await showFiles()
    await next.getByText('both.pem').waitFor()
  },
)
