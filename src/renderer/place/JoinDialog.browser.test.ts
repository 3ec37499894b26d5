import { ORPCError } from '@orpc/client'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-svelte'
import type { CertificateFile, GalleryAddress, Place } from '../../shared/schemas/place.ts'
import type { Client } from '../api/client.ts'
import { setClient } from '../api/client-context.ts'
import WithContexts from '../testing/WithContexts.svelte'
import JoinDialog from './JoinDialog.svelte'

const noFiles = { ca: null, cert: null, key: null }
const here: Place = { now: 'here', joined: null, refused: null, canRemember: true, fixedFiles: noFiles }
const ours: CertificateFile = { path: '/keys/ours.pem', name: 'Ours', until: '2030-05-01T00:00:00.000Z' }

const refusal = (id: string, message: string) => new ORPCError('INVALID', { message, data: { text: { id } } })

type Look = (address: GalleryAddress, options: { signal: AbortSignal }) => Promise<unknown>

const openDialog = async (place: Place, answer: Look = () => Promise.resolve({ gallery: 'abc' })) => {
  const client = {
    describe: vi.fn(() => Promise.resolve(place)),
    look: vi.fn(answer),
    join: vi.fn(() => Promise.resolve()),
    leave: vi.fn(() => Promise.resolve()),
    chooseFile: vi.fn(() => Promise.resolve(ours)),
  }
  const onclose = vi.fn()
  const screen = await render(WithContexts, {
    props: {
      of: JoinDialog,
      props: { onclose },
      provide: () => void setClient({ place: client } as unknown as Client),
    },
  })
  return { screen, client, onclose }
}

type Screen = Awaited<ReturnType<typeof openDialog>>['screen']

const fill = async (screen: Screen, url: string) => {
  await userEvent.fill(screen.getByLabelText('Address'), url)
  await userEvent.fill(screen.getByLabelText('Account'), ' Ana')
  await userEvent.fill(screen.getByLabelText('Password', { exact: true }), 'correct horse')
  await userEvent.keyboard('{Enter}')
}

test('a gallery is looked for, then entered by a key: the password itself goes nowhere', async () => {
  const { screen, client } = await openDialog(here)
  await expect.element(screen.getByLabelText('Address')).toHaveFocus()
  await fill(screen, ' redis://photos.example ')
  await expect.poll(() => client.join.mock.calls).toHaveLength(1)
  const address = { url: 'redis://photos.example', files: noFiles, sentinelPassword: '' }
  expect(client.look).toHaveBeenCalledExactlyOnceWith(address, expect.anything())
  expect(client.join).toHaveBeenCalledExactlyOnceWith(
    {
      ...address,
      gallery: 'abc',
      account: 'ana',
      key: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      remember: true,
    },
    expect.anything(),
  )
  expect(JSON.stringify(client.join.mock.calls)).not.toContain('correct horse')
})

test('certificates are asked for with TLS alone, and go along with it alone', async () => {
  const { screen, client } = await openDialog(here)
  await userEvent.fill(screen.getByLabelText('Address'), 'rediss://photos.example')
  await screen.getByRole('button', { name: 'Choose: Authority of the server' }).click()
  await expect.element(screen.getByText('Ours, until May 1, 2030')).toBeVisible()
  await fill(screen, 'rediss://photos.example')
  await expect.poll(() => client.look.mock.calls).toHaveLength(1)
  await fill(screen, 'redis://photos.example')
  await expect.poll(() => client.look.mock.calls).toHaveLength(2)
  await expect.element(screen.getByText('Certificates')).not.toBeInTheDocument()
  expect(client.look.mock.calls.map(([{ files }]) => files)).toEqual([{ ...noFiles, ca: ours.path }, noFiles])
})

test('what was refused is said, with the keyboard where the cure is', async () => {
  const { screen, client } = await openDialog(here, () =>
    Promise.reject(refusal('joinUnreachable', 'Nothing answers.')),
  )
  await fill(screen, 'redis://photos.example')
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Nothing answers.')
  await expect.element(screen.getByLabelText('Address')).toHaveFocus()
  expect(client.join).not.toHaveBeenCalled()
})

test('the password of Sentinels is asked for with their address alone, and goes along with it alone', async () => {
  const { screen, client } = await openDialog(here)
  const field = screen.getByLabelText('Password of the Sentinels')
  await expect.element(screen.getByLabelText('Address')).toHaveFocus()
  await expect.element(field).not.toBeInTheDocument()
  await userEvent.fill(screen.getByLabelText('Address'), 'redis+sentinel://photos.example/cimaise')
  await expect.element(screen.getByText(/^Only where they ask for one\./)).toBeVisible()
  await userEvent.fill(field, 'for Sentinels')
  await fill(screen, 'rediss+sentinel://photos.example/cimaise')
  await expect.poll(() => client.look.mock.calls).toHaveLength(1)
  await fill(screen, 'redis://photos.example')
  await expect.poll(() => client.look.mock.calls).toHaveLength(2)
  expect(client.look.mock.calls.map(([{ sentinelPassword }]) => sentinelPassword)).toEqual([
    'for Sentinels',
    '',
  ])
})

test('a start that was refused for the password of Sentinels is said at once, with the keyboard at its field', async () => {
  const joined = {
    url: 'redis+sentinel://photos.example/cimaise',
    ...{ account: 'ana', files: noFiles, sentinelPassword: true },
  }
  const why = { id: 'joinSentinelsRefusePassword' }
  const text = { id: 'redisRefused', blanks: { address: 'photos.example', why } }
  const refused = { text, message: 'its Sentinels do not accept this password' }
  const { screen } = await openDialog({ ...here, joined, refused })
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('its Sentinels do not accept this password')
  await expect.element(screen.getByLabelText('Password of the Sentinels')).toHaveFocus()
  await expect.element(screen.getByText(/^Kept on this computer/)).toBeVisible()
  await userEvent.fill(screen.getByLabelText('Address'), 'redis+sentinel://elsewhere.example/cimaise')
  await expect.element(screen.getByText(/^Only where they ask for one\./)).toBeVisible()
})

test('an attempt is stopped by its button, and by closing the dialog', async () => {
  const signals: AbortSignal[] = []
  const { screen } = await openDialog(
    here,
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signals.push(signal)
        signal.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
      }),
  )
  await fill(screen, 'redis://photos.example')
  await screen.getByRole('button', { name: 'Stop' }).click()
  await expect.element(screen.getByText('Stopped. Nothing was changed.')).toBeVisible()
  await screen.getByRole('button', { name: 'Join', exact: true }).click()
  await expect.poll(() => signals).toHaveLength(2)
  await screen.unmount()
  await expect.poll(() => signals.map(({ aborted }) => aborted)).toEqual([true, true])
})

test('from a server the way leads back to this computer, and what was typed the last time is there', async () => {
  const joined = { url: 'redis://photos.example', account: 'ana', files: noFiles, sentinelPassword: false }
  const { screen, client } = await openDialog({ ...here, now: 'joined', joined })
  await expect.element(screen.getByLabelText('Address')).toHaveValue(joined.url)
  await expect.element(screen.getByLabelText('Account')).toHaveValue('ana')
  await screen.getByText('On this computer', { exact: true }).click()
  await screen.getByRole('button', { name: 'Open it' }).click()
  expect(client.leave).toHaveBeenCalledOnce()
})

test('where the environment says where the gallery is, nothing is asked', async () => {
  const { screen } = await openDialog({ ...here, now: 'environment' })
  await expect.element(screen.getByText(/CIMAISE_REDIS_URL says so/)).toBeVisible()
  await expect.element(screen.getByRole('button', { name: 'Join', exact: true })).not.toBeInTheDocument()
})
