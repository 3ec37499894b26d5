import { execFileSync } from 'node:child_process'

/*
 * Machines on one computer: network namespaces behind a bridge, so that one can be cut off from the others by taking its cable out.
 * Linux, as root. Elsewhere all run on the loopback, and cannot be cut off.
 */

const bridge = 'cimaise-chaos'
const prefix = '10.77.0'

const ip = (...args: string[]) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] })

/** Whether machines can have networks of their own here. */
export const canNamespace = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  try {
    ip('netns', 'list')
    return true
  } catch {
    return false
  }
}

/** The namespaces of machines that are there, those of a run that was broken off too. */
const machines = () =>
  String(execFileSync('ip', ['netns', 'list']))
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name.startsWith('cimaise-'))

/** Makes the bridge, at whose own address this process is. */
export const openNetwork = (): void => {
  closeNetwork()
  ip('link', 'add', bridge, 'type', 'bridge')
  ip('addr', 'add', `${prefix}.1/24`, 'dev', bridge)
  ip('link', 'set', bridge, 'up')
}

/** Makes a machine of the network and returns its address. `n`: from 2 on. */
export const addMachine = (n: number): { host: string; name: string } => {
  const [name, outside] = [`cimaise-${n}`, `cimveth${n}`]
  ip('netns', 'add', name)
  ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
  ip('link', 'set', outside, 'master', bridge, 'up')
  ip('netns', 'exec', name, 'ip', 'addr', 'add', `${prefix}.${n}/24`, 'dev', 'eth0')
  for (const device of ['eth0', 'lo']) ip('netns', 'exec', name, 'ip', 'link', 'set', device, 'up')
  return { host: `${prefix}.${n}`, name }
}

/** Takes the cable of a machine out, or puts it back. */
export const plug = (n: number, connected: boolean): void =>
  void ip('link', 'set', `cimveth${n}`, connected ? 'up' : 'down')

/** Removes all of it. */
export const closeNetwork = (): void => {
  for (const name of machines()) {
    quietly(() => ip('link', 'del', name.replace('cimaise-', 'cimveth')))
    quietly(() => ip('netns', 'del', name))
  }
  quietly(() => ip('link', 'del', bridge))
}

const quietly = (work: () => unknown) => {
  try {
    work()
  } catch {
    // it was not there
  }
}
