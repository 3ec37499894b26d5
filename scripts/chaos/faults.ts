import { setTimeout as wait } from 'node:timers/promises'
import { canSlowDisks, type Machine } from './machine.ts'

/** Something that happens to a machine, and is over after `ms`. */
interface Fault {
  name: string
  fits: (machine: Machine) => boolean
  happen: (machine: Machine, ms: number) => Promise<void>
}

const isNode = ({ what }: Machine) => what.startsWith('node')

const slowDisks = canSlowDisks()

export const faults: Fault[] = [
  {
    name: 'killed',
    fits: () => true,
    happen: async (machine, ms) => {
      await machine.kill()
      await wait(ms)
      machine.start()
    },
  },
  {
    name: 'stopped',
    fits: () => true,
    happen: async (machine, ms) => {
      machine.pause()
      await wait(ms)
      machine.resume()
    },
  },
  {
    name: 'cut off',
    fits: (machine) => machine.canBeUnplugged,
    happen: async (machine, ms) => {
      machine.plug(false)
      await wait(ms)
      machine.plug(true)
    },
  },
  { name: 'stuttering', fits: () => true, happen: (machine, ms) => machine.stutter(ms) },
  {
    name: 'disk full',
    fits: (machine) => machine.canBeUnplugged && isNode(machine),
    happen: async (machine, ms) => {
      machine.fill(true)
      await wait(ms)
      machine.fill(false)
    },
  },
  {
    name: 'disk slow',
    fits: (machine) => slowDisks && isNode(machine),
    happen: (machine, ms) => machine.slowDisk(ms),
  },
]
