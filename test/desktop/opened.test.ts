import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { shareLink } from '../../src/shared/domain/share-link.ts'
import { openedBy, shareLinkIn } from '../../src/main/opening/opened.ts'

const secret = 'abcdefghijklmnopqrstuv'
const link = shareLink('cimaise://app', 'share~Abcd1234', secret, false)

test('paths on the command line are told from switches, links and the program itself', () => {
  const cwd = resolve('/home/ada')
  const words = ['--no-sandbox', '--add-folder', 'Pictures', link, '/photos/one.jpg']
  const opened = { paths: [resolve(cwd, 'Pictures'), resolve('/photos/one.jpg')], links: [link], asks: true }
  expect(openedBy(['/opt/cimaise', ...words], { defaultApp: false, cwd })).toEqual(opened)
  expect(openedBy(['electron', '--inspect', '.', ...words], { defaultApp: true, cwd })).toEqual(opened)
})

test('a share link is read out of an address of the program, with its password’s mark', () => {
  expect(shareLinkIn(link)).toEqual({ name: 'share~Abcd1234', secret, hasPassword: false })
  const asking = shareLink('cimaise://app', 'share~Abcd1234', secret, true)
  expect(shareLinkIn(asking)).toMatchObject({ hasPassword: true })
})

test.each([
  ['another scheme', link.replace('cimaise:', 'https:')],
  ['another host', link.replace('//app', '//elsewhere')],
  ['no secret', 'cimaise://app/?share=Abcd1234'],
  ['a photo', 'cimaise://app/original/ada~Abcd1234/abcdefghij'],
  ['no address', 'cimaise:'],
])('%s is no share link', (_what, address) => {
  expect(shareLinkIn(address)).toBeNull()
})
