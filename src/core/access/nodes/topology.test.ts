import { expect, test } from 'vitest'
import { latest, parseClusterNodes } from './topology.ts'

const asked = { host: 'node1', port: 6379 }

test('of the nodes of a cluster, those serve that are primaries with a part of the data', () => {
  const text = [
    'aa 10.0.0.1:6379@16379,node1 myself,master - 0 0 7 connected 0-8191',
    'bb 10.0.0.2:6379@16379 slave aa 0 1700000000000 7 connected',
    'cc 10.0.0.3:6380@16380 master - 0 1700000000000 9 connected 8192-16383',
    'dd 10.0.0.4:6379@16379 master - 0 1700000000000 0 connected',
    'ee :0@0 master,noaddr - 0 1700000000000 1 disconnected',
    '',
  ].join('\n')
  expect(parseClusterNodes(text, asked)).toEqual({
    epoch: 9,
    places: [
      { host: 'node1', port: 6379, serves: true },
      { host: '10.0.0.2', port: 6379, serves: false },
      { host: '10.0.0.3', port: 6380, serves: true },
      { host: '10.0.0.4', port: 6379, serves: false },
    ],
  })
})

test('a node that does not know its own address has the one at which it was asked', () => {
  expect(parseClusterNodes('aa :6379@16379 myself,master - 0 0 1 connected 0-16383', asked).places).toEqual([
    { host: 'node1', port: 6379, serves: true },
  ])
})

test('a new node at the address of one that failed is what counts there', () => {
  const text = [
    'bb 10.0.0.2:6379@16379 slave aa 0 1700000000000 7 connected',
    'cc 10.0.0.2:6379@16379 master,fail - 0 1700000000000 5 disconnected 0-8191',
  ].join('\n')
  expect(parseClusterNodes(text, asked).places.map(({ serves }) => serves)).toEqual([true, false])
})

test('of several views the one counts that has seen the latest change', () => {
  expect(latest([{ epoch: 3 }, { epoch: 8 }, { epoch: 5 }])).toEqual({ epoch: 8 })
  expect(latest([])).toBeNull()
})
