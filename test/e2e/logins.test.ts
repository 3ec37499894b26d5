import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { seriousInAllLooks } from '../support/axe.ts'
import { codeOf } from '../support/authenticator.ts'
import { closeBrowser, openPage } from '../support/browser.ts'
import { cimaiseWith, command } from '../support/cli.ts'
import { startIdentityProvider } from '../support/identity-provider.ts'
import { freePort } from '../support/redis/ports.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { shared } from '../support/shared.ts'
import { openWindow, serveWindow } from '../support/window.ts'

afterAll(closeBrowser)

const password = 'correct horse battery'

const served = shared(async () => {
  const { server } = await serveWindow(2)
  // Browsers make passkeys for names alone.
  return { ...server, origin: server.origin.replace('127.0.0.1', 'localhost') }
})

const openLogin = async (page: Page) => {
  await page.getByRole('navigation').getByRole('button', { name: 'Log in' }).click()
  return page.getByRole('dialog', { name: 'Log in' })
}

const logIn = async (page: Page, name: string) => {
  const dialog = await openLogin(page)
  await dialog.getByLabel('Account').fill(name)
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByRole('button', { name: 'Log in', exact: true }).click()
  return dialog
}

const openAccount = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByText('My account', { exact: true }).click()
}

/** The window of an account of its own, in its settings. */
const windowOf = async (server: TestServer, name: string) => {
  await cimaiseWith(`${password}\n`, server.env, 'account', 'add', name)
  const page = await openPage()
  await page.goto(server.origin)
  await logIn(page, name)
  await openAccount(page)
  return page
}

const logOut = async (page: Page) => {
  await page.evaluate(() => fetch('logout', { method: 'POST' }))
  await page.reload()
}

test('codes are turned on with a picture and a first code, asked for after the password, and turned off by a recovery code', async () => {
  const server = served()
  const page = await windowOf(server, 'ana')
  await page.getByRole('button', { name: 'Turn on…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current password').fill('wrong')
  await page.keyboard.press('Enter')
  await dialog.getByText('The current password is not right.').waitFor()
  await dialog.getByLabel('Current password').fill(password)
  await page.keyboard.press('Enter')
  await expect
    .poll(() => dialog.getByAltText('The key as a QR code').getAttribute('src'))
    .toMatch(/^data:image\/svg/)
  const secret = (await dialog.getByLabel('Key', { exact: true }).inputValue()).replaceAll(' ', '')
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await dialog.getByText('This code is not right').waitFor()
  await dialog.getByLabel('The code that the app shows now').fill(codeOf(secret))
  await page.keyboard.press('Enter')
  const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recovery = await codes.allInnerTexts()
  expect(recovery).toHaveLength(10)
  expect(await seriousInAllLooks(page)).toEqual([])
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('10 recovery codes are left.').waitFor()

  const asAna = { ...server.env, CIMAISE_ACCOUNT: 'ana', CIMAISE_PASSWORD: password }
  expect((await command(asAna, 'whoami')).err).toMatch(/does not accept/)
  await logOut(page)
  const login = await logIn(page, 'ana')
  const field = login.getByLabel('The code that your app shows')
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await login.getByRole('alert').getByText('This code is not right').waitFor()
  await field.fill(codeOf(secret, 1))
  await page.keyboard.press('Enter')
  await openAccount(page)
  await page.getByRole('button', { name: 'Turn off…' }).click()
  await dialog.getByLabel('Code').fill(recovery[0] ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Turn on…' }).waitFor()
  await logOut(page)
  await logIn(page, 'ana')
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).waitFor()
})

/** A device of the browser's own that makes passkeys without asking. */
const addDevice = async (page: Page) => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    /** Whether its person is the one that it knows. */
    know: (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  }
}

const addPasskey = async (page: Page) => {
  await page.getByRole('button', { name: 'Add a passkey…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Phone')
  await dialog.getByLabel('Current password').fill(password)
  await dialog.getByRole('button', { name: 'Continue' }).click()
  return dialog
}

test('a passkey is added with the password, logs in without a name, and opens nothing once it is removed', async () => {
  const page = await windowOf(served(), 'bob')
  const device = await addDevice(page)
  await addPasskey(page)
  await page.getByText('The passkey “Phone” logs you in from now on.').waitFor()
  const again = await addPasskey(page)
  await again.getByText('This device has a passkey of yours already.').waitFor()
  await page.keyboard.press('Escape')
  expect(await seriousInAllLooks(page)).toEqual([])

  const byPasskey = async () => {
    await logOut(page)
    const dialog = await openLogin(page)
    await dialog.getByRole('button', { name: 'Log in with a passkey' }).click()
    return dialog
  }
  await device.know(false)
  const refused = await byPasskey()
  await refused.getByText('No passkey came from the device.').waitFor()
  await device.know(true)
  await byPasskey()
  await openAccount(page)
  await page.getByRole('main').getByText('bob', { exact: true }).waitFor()
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Phone' })
    .getByRole('button', { name: 'Remove' })
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Phone' }).count()).toBe(0)
  const gone = await byPasskey()
  await gone.getByText('This passkey does not open an account here.').waitFor()
})

test('where everybody must have a second factor, a password leads to its set-up alone, and from there into the gallery', async () => {
  const { server, page } = await openWindow(2)
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByText('Logins', { exact: true }).click()
  await page.getByLabel('Second factor').selectOption({ label: 'Everybody' })
  await page.getByText('No account has a password alone.').waitFor()

  await cimaiseWith(`${password}\n`, server.env, 'account', 'add', 'hana')
  const hana = await openPage()
  await hana.goto(server.origin.replace('127.0.0.1', 'localhost'))
  await logIn(hana, 'hana')
  await hana.getByRole('heading', { name: 'One more step' }).waitFor()
  await hana.getByRole('button', { name: 'Add a passkey…' }).waitFor()
  expect(await hana.getByRole('navigation').count()).toBe(0)
  expect(await seriousInAllLooks(hana)).toEqual([])
  await hana.getByRole('button', { name: 'Set up codes…' }).click()
  const dialog = hana.getByRole('dialog')
  await dialog.getByLabel('Current password').fill(password)
  await hana.keyboard.press('Enter')
  const secret = (await dialog.getByLabel('Key', { exact: true }).inputValue()).replaceAll(' ', '')
  await dialog.getByLabel('The code that the app shows now').fill(codeOf(secret))
  await hana.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'I have kept them' }).click()
  await openAccount(hana)
  await hana.getByText('10 recovery codes are left.').waitFor()
})

test('an administrator sees who has codes and passkeys, and takes them away from somebody who has lost them', async () => {
  const { server, page } = await openWindow(2)
  const origin = server.origin.replace('127.0.0.1', 'localhost')
  const ana = await windowOf({ ...server, origin }, 'cleo')
  await addDevice(ana)
  await addPasskey(ana)
  await ana.getByText('The passkey “Phone” logs you in').waitFor()
  await page.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('navigation', { name: 'Settings' }).getByText('People', { exact: true }).click()
  await page.getByRole('button', { name: /cleo/ }).first().click()
  await page.getByText('1 passkey', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Take away…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click()
  await expect.poll(() => page.getByText('1 passkey', { exact: true }).count()).toBe(0)
  await ana.getByRole('navigation').getByRole('button', { name: 'Log in' }).waitFor()
})

test('the provider’s button leads to the provider and back into the account, and says what comes of it otherwise', async () => {
  const provider = await startIdentityProvider(`http://127.0.0.1:${await freePort()}`)
  const server = await startServer([], { ...provider.env, CIMAISE_OIDC_BUTTON: 'Log in with Example' })
  provider.people.set('1', { name: 'Ana Diaz', preferred_username: 'dora' })
  provider.next.subject = '1'
  const page = await openPage()
  await page.goto(server.origin)
  const dialog = await openLogin(page)
  await dialog.getByRole('button', { name: 'Log in with Example' }).click()
  await dialog.getByText('an administrator', { exact: false }).waitFor()
  expect(await seriousInAllLooks(page)).toEqual([])

  await cimaiseWith(`${password}\n`, server.env, 'account', 'add', 'dora')
  const owner = await openPage()
  await owner.goto(server.link)
  await owner.getByRole('navigation', { name: 'Albums' }).getByRole('button', { name: 'Settings' }).click()
  await owner.getByRole('navigation', { name: 'Settings' }).getByText('Logins', { exact: true }).click()
  const waiting = owner.getByRole('listitem').filter({ hasText: 'Ana Diaz' })
  await waiting.getByLabel('Choose an account').selectOption('dora')
  await waiting.getByRole('button', { name: 'Link', exact: true }).click()
  await owner.getByRole('button', { name: 'Unlink' }).waitFor()

  await dialog.getByRole('button', { name: 'Log in with Example' }).click()
  await openAccount(page)
  await page.getByRole('main').getByText('dora', { exact: true }).waitFor()
  expect(new URL(page.url()).searchParams.get('login')).toBeNull()
})

test('a token is shown once, copied, reads over HTTP what its person may, and reads nothing once it is withdrawn', async () => {
  const { server, page } = await openWindow(3)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin })
  await openAccount(page)
  await page.getByRole('button', { name: 'New token' }).click()
  const dialog = page.getByRole('dialog', { name: 'New token' })
  await dialog.getByLabel('What it is for').fill('Backup')
  await dialog.getByLabel('Reads').selectOption({ label: 'Corsica' })
  await dialog.getByRole('button', { name: 'Make token' }).click()
  const shown = await dialog.getByLabel('New token').inputValue()
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await dialog.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown)
  expect(await seriousInAllLooks(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  const row = page.getByRole('listitem').filter({ hasText: 'Backup' })
  await row.getByText('Corsica').waitFor()
  expect(await page.content()).not.toContain(shown)

  const albums = async () => {
    const answer = await fetch(`${server.origin}/api/v1/albums`, {
      headers: { authorization: `Bearer ${shown}` },
    })
    return { status: answer.status, text: await answer.text() }
  }
  const answered = await albums()
  expect(answered.status).toBe(200)
  expect([answered.text.includes('Corsica'), answered.text.includes('Studio')]).toEqual([true, false])
  await row.getByRole('button', { name: 'End token' }).click()
  await expect.poll(async () => (await albums()).status).toBe(401)
  await expect.poll(() => row.count()).toBe(0)
})
