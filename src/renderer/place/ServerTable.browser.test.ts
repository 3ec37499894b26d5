import { expect, test } from 'vitest'
import { render } from 'vitest-browser-svelte'
import type { StoreNode } from '../../shared/schemas/gallery.ts'
import ServerTable from './ServerTable.svelte'

const memory = { used: 12_400_000, limit: 0 }
const primary: StoreNode = { name: 'a:6379', role: 'primary', behind: null, inStep: true, memory }

const rowsOf = async (nodes: StoreNode[]) => {
  const screen = await render(ServerTable, { nodes })
  return screen
    .getByRole('row')
    .elements()
    .map((row) => [...row.children].map((cell) => cell.textContent.trim()))
}

test('each of several servers has its part, its lag, its rights and its memory', async () => {
  const nodes: StoreNode[] = [
    primary,
    { ...primary, name: 'b:6379', role: 'replica', behind: 3, memory: { used: 1e6, limit: 2e6 } },
    { ...primary, name: 'c:6379', role: 'replica', behind: null, inStep: false },
    { name: 'd:6379', role: null, behind: null, inStep: null, memory: null },
  ]
  expect(await rowsOf(nodes)).toEqual([
    ['Server', 'Role', 'Behind', 'Rights', 'Memory'],
    ['a:6379', 'Primary', '', 'In step', '12.4 MB, no limit'],
    ['b:6379', 'Replica', '3 s', 'In step', '1 MB of 2 MB'],
    ['c:6379', 'Replica', 'Lost its primary', 'Not in step', '12.4 MB, no limit'],
    ['d:6379', 'Cannot be reached'],
  ])
})

test('one server alone is behind nobody', async () => {
  expect(await rowsOf([{ ...primary, name: 'on this computer', inStep: null }])).toEqual([
    ['Server', 'Role', 'Memory'],
    ['On this computer', 'Primary', '12.4 MB, no limit'],
  ])
})
