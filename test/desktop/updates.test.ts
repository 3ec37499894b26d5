import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/temporary.ts'
import { openDesktop } from './launch.ts'

/** A place where a newer version is, as the packages are told of it, and what was asked there. */
const serveVersion = async (version: string, program: string, { broken = false } = {}) => {
  const asked: string[] = []
  const sha512 = createHash('sha512')
    .update(broken ? 'another program' : program)
    .digest('base64')
  const name = `Cimaise-${version}.AppImage`
  const list = `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${program.length}\npath: ${name}\nsha512: ${sha512}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    asked.push(pathname)
    const body = pathname.endsWith('.yml') ? list : pathname === `/${name}` ? program : null
    if (body === null) response.writeHead(404).end()
    else response.end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** The app as an AppImage, whose package says that newer versions are at an address. */
const openPackage = async (url: string) => {
  const [resources, home] = [temporaryFolder(), temporaryFolder()]
  writeFileSync(
    join(resources, 'app-update.yml'),
    `provider: generic\nurl: ${url}\nupdaterCacheDirName: cimaise\n`,
  )
  const own = join(temporaryFolder(), 'Cimaise.AppImage')
  writeFileSync(own, '#!/bin/sh\nexit 0\n')
  chmodSync(own, 0o755)
  const cache = join(home, 'cache')
  mkdirSync(cache)
  const env = { STAND_IN_RESOURCES: resources, APPIMAGE: own, XDG_CACHE_HOME: cache }
  const desktop = await openDesktop({ home, env })
  const page = await desktop.page()
  await page.getByRole('button', { name: 'Settings' }).click()
  return { desktop, page, own }
}

const program = '#!/bin/sh\n# the newer one\nexit 0\n'

test('nobody is asked for newer versions until the user wants it; then one is loaded, and in place once the app has ended', async () => {
  const { asked, url } = await serveVersion('9.9.9', program)
  const { desktop, page, own } = await openPackage(url)
  const channel = page.getByRole('combobox', { name: 'Updates' })
  expect(await channel.inputValue()).toBe('off')
  expect(asked).toEqual([])
  await channel.selectOption('Finished versions')
  await page.getByText('Version 9.9.9 is here. It is used after the next start.').waitFor()
  expect(asked[0]).toBe('/latest-linux.yml')
  expect(readFileSync(own, 'utf8')).not.toBe(program)
  await desktop.quit()
  expect(readFileSync(own, 'utf8')).toBe(program)
})

test('what is not what was announced is not used, an older version is none, and both are said', async () => {
  const wrong = await serveVersion('9.9.9', program, { broken: true })
  const { desktop, page, own } = await openPackage(wrong.url)
  await page.getByRole('combobox', { name: 'Updates' }).selectOption('Finished versions')
  await page.getByText('It could not be found out whether there is a newer version.').waitFor()
  await desktop.quit()
  expect(readFileSync(own, 'utf8')).not.toBe(program)

  const older = await serveVersion('0.0.0', program)
  const second = await openPackage(older.url)
  await second.page.getByRole('combobox', { name: 'Updates' }).selectOption('Test versions too')
  await second.page.getByText('This is the newest version.').waitFor()
  expect(older.asked).not.toContain('/Cimaise-0.0.0.AppImage')
})

test('what a package manager installed leaves updates to that', async () => {
  const desktop = await openDesktop({ home: temporaryFolder() })
  const page = await desktop.page()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByText('This installation is not updated by the program itself').waitFor()
  expect(await page.getByRole('combobox', { name: 'Updates' }).count()).toBe(0)
})
