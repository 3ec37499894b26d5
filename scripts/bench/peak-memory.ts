import { readdirSync, readFileSync } from 'node:fs'

/** How often the processes are looked for, in milliseconds. */
const everyMs = 200

const read = (pid: string) => {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    return { parent: of('PPid'), peak: of('VmHWM') * 1024 }
  } catch {
    return null // it has ended, or this is no Linux
  }
}

const processes = () => {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** The pids of a process and of all that it started, as they are now, with the most memory that each ever held. */
const tree = (pids: number[]) => {
  const known = new Map(processes().flatMap((pid) => [[Number(pid), read(pid)] as const]))
  const isOurs = (pid: number): boolean =>
    pids.includes(pid) || (pid > 1 && known.has(pid) && isOurs(known.get(pid)?.parent ?? 0))
  return [...known].flatMap(([pid, found]) => (found && isOurs(pid) ? [[pid, found.peak] as const] : []))
}

/**
 * Watches the memory of processes and of all that they start. `peak`: the sum of what each of them held at its own peak so far, in
 * bytes; 0 where the system does not tell (all but Linux). `end`: the same, and no more of it.
 */
export const watchMemory = (pids: () => number[]): { peak: () => number; end: () => number } => {
  const peaks = new Map<number, number>()
  const look = () => {
    for (const [pid, peak] of tree(pids())) peaks.set(pid, Math.max(peak, peaks.get(pid) ?? 0))
  }
  const timer = setInterval(look, everyMs)
  const peak = () => [...peaks.values()].reduce((sum, one) => sum + one, 0)
  return {
    peak,
    end: () => {
      clearInterval(timer)
      return peak()
    },
  }
}
