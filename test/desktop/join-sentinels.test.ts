import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seriousInAllLooks } from '../support/axe.ts'
import { foundForAna } from '../support/redis/joined.ts'
import { spreadEnvironment, startSentinels } from '../support/redis/spread.ts'
import { sidebar } from '../support/window.ts'
import { dialogOf, fill, focused, joinAs, openDialog, openOwn, refusal, submit } from './join-dialog.ts'
import { openDesktop } from './launch.ts'

test('the password of Sentinels is asked for where they want one, kept by the system, and asked for again where it cannot keep it', async () => {
  const sentinels = 'what-the-Sentinels-ask-for'
  const { url } = await startSentinels(sentinels)
  await foundForAna(spreadEnvironment(url, { CIMAISE_SENTINEL_PASSWORD: sentinels }))
  const { home, desktop, page, own } = await openOwn()
  await desktop.wish('take the keychain away')
  await openDialog(desktop)
  expect(await refusal(page, { url })).toMatch(/: its Sentinels ask for a password\. Type/)
  await expect.poll(() => focused(page)).toBe('join-sentinels')
  expect(await refusal(page, { url, sentinels: 'another one' })).toMatch(/do not accept this password/)
  await expect.poll(() => focused(page)).toBe('join-sentinels')
  expect(await seriousInAllLooks(page)).toEqual([])
  await fill(page, { url, sentinels })
  await submit(page)
  await expect.poll(() => sidebar(page), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await desktop.quit()

  // The next start has a keychain, with nothing in it: the own gallery, and the dialog, which only lacks passwords.
  const again = await openDesktop({ home })
  const next = await again.page()
  const dialog = dialogOf(next)
  await dialog.getByRole('alert').getByText('its Sentinels ask for a password').waitFor()
  expect(await focused(next)).toBe('join-sentinels')
  expect(await dialog.getByLabel('Address').inputValue()).toBe(url)
  expect(await dialog.getByLabel('Account').inputValue()).toBe('ana')
  expect(await sidebar(next)).toEqual(own)
  await fill(next, { url, sentinels })
  await submit(next)
  await expect.poll(() => sidebar(next), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await again.quit()
  for (const name of ['place.json', 'people.json'])
    expect(readFileSync(join(home, 'electron', name), 'utf8')).not.toContain(sentinels)

  const third = await openDesktop({ home })
  const last = await third.page()
  await expect.poll(() => sidebar(last), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await openDialog(third)
  await dialogOf(last).getByText('Kept on this computer. Type only to change it.').waitFor()
  // Another address is not told what is kept for this one.
  expect(await refusal(last, { url: url.replace(/,[^/]*/, '') })).toMatch(/its Sentinels ask for a password/)
})

test('an administrator who joins behind Sentinels sees each server in the settings, a member only where the gallery is', async () => {
  const { url, nodes } = await startSentinels()
  await foundForAna(spreadEnvironment(url))
  const { desktop, page } = await openOwn()
  await joinAs(desktop, { url, account: 'root', password: 'correct horse' })
  await expect.poll(() => sidebar(page), { timeout: 40_000 }).toEqual(['Corsica 0'])
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Redis', exact: true }).click()
  const table = page.getByRole('table')
  for (const { name } of nodes)
    await table
      .getByRole('row', { name: new RegExp(`^${name} (Primary|Replica \\d+ s) In step \\d`) })
      .waitFor()
  expect(await table.getByText('Primary').count()).toBe(1)
  expect(await seriousInAllLooks(page)).toEqual([])

  await joinAs(desktop, { url })
  await page.getByText(/^ana · Redis/).waitFor({ timeout: 40_000 })
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Redis', exact: true }).click()
  await page.getByText('Address: gallery (Sentinel').waitFor()
  expect(await table.count()).toBe(0)
})
