import { expect, test } from 'vitest'
import { AccessState } from './access-state.svelte.ts'

type Needs = ConstructorParameters<typeof AccessState>[0]

test('while accounts and rights are being read they are read once more at most, and whoever waits sees what was changed before', async () => {
  const asked: (() => void)[] = []
  let names = ['ana']
  const list = async () => {
    const seen = names
    await new Promise<void>((resolve) => asked.push(resolve))
    return seen.map((name) => ({ name, displayName: name, role: 'member' }))
  }
  const client = {
    accounts: { list },
    groups: { list: () => Promise.resolve([]) },
    rights: { table: () => Promise.resolve({ grants: {}, public: [], shows: {}, made: {} }) },
  }
  const notices = { attempt: (work: () => Promise<unknown>) => work() }
  const access = new AccessState({ client, notices } as unknown as Needs)
  const readings = [access.read()]
  await expect.poll(() => asked.length).toBe(1)
  names = ['ana', 'bob']
  for (let n = 0; n < 5; n++) readings.push(access.read())
  asked[0]?.()
  await expect.poll(() => asked.length).toBe(2)
  asked[1]?.()
  await Promise.all(readings)
  expect(access.accounts.map(({ name }) => name)).toEqual(['ana', 'bob'])
  expect(asked).toHaveLength(2)
})
